import { FAULTY_CALLS, type Fault, type FaultInput, faultSchema } from "./fault.ts";

const MARKER = /\[fault:([a-z0-9_-]+?)(?:x(\d+))?\]/g;
const CALL_MARKER = new RegExp(
  `^(${FAULTY_CALLS.join("|")})-(\\d{3}|hang|drop|garbage|cut)(?:-wait(\\d+))?(-after)?$`,
);

/**
 * The faults a prompt asks for by markers `[fault:NAME]` or `[fault:NAMExTIMES]`:
 *
 * - a call: `submit-503`, `poll-429-wait2` (`Retry-After: 2`), `submit-hang`, `submit-drop`, `poll-garbage`,
 *   `poll-cut`, with submit, poll, delete, upload or download; `-after` once the work is done: `submit-drop-after`
 * - the job: `slow-3000` (ms), `error-content_policy_violation` (a code of the provider), `moderated`, `canceled`,
 *   `vanish`, `odd-status`, `fewer-1`, `lose-callback`
 * - its images: `body-short`, `body-truncated`, `body-html`, `body-chunked`, `body-large-8` (MiB), `expired-url`
 *
 * @throws Error for a marker that means nothing, so that no test passes for want of its fault
 * @example faultsOfPrompt("a cat [fault:submit-503x2]")
 */
export function faultsOfPrompt(prompt: string): Fault[] {
  return [...prompt.matchAll(MARKER)].map(([marker, name = "", times]) => {
    const parsed = faultSchema.safeParse({ ...faultOfName(name), times: times ? Number(times) : 1 });
    if (!parsed.success) throw new Error(`unknown fault marker ${marker}`);
    return parsed.data;
  });
}

function faultOfName(name: string): FaultInput | object {
  const call = CALL_MARKER.exec(name);
  if (call) {
    const [, on, what = "", wait, after] = call;
    const isStatus = /^\d/.test(what);
    return {
      ...(isStatus ? { type: "status", status: Number(what) } : { type: what }),
      on,
      after: after !== undefined,
      ...(wait === undefined ? {} : { retryAfterSeconds: Number(wait) }),
    };
  }
  const amount = Number(/-(\d+)$/.exec(name)?.[1]);
  if (name.startsWith("slow-")) return { type: "slow", renderMs: amount };
  if (name.startsWith("fewer-")) return { type: "fewer", images: amount };
  if (name.startsWith("body-large-")) return { type: "body-large", mebibytes: amount };
  if (name.startsWith("error-")) return { type: "job-error", code: name.slice("error-".length) };
  return { type: name };
}
