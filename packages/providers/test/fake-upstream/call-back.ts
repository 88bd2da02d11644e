import type { FakeState } from "./fake-state.ts";
import type { Job } from "./job.ts";

/** Calls the address that the submit named, once the job has ended, unless a fault loses the callback. */
export function callBackLater(state: FakeState, job: Job): void {
  const { callbackUrl } = job.request;
  if (callbackUrl === undefined || state.callbackBody === undefined) return;
  if (job.fault("lose-callback") || job.fault("vanish") || job.fault("odd-status")) return;
  const timer = setTimeout(() => {
    state.timers.delete(timer);
    void callBack(state, job, callbackUrl);
  }, job.endsMs - state.now());
  state.timers.add(timer);
}

async function callBack(state: FakeState, job: Job, url: string): Promise<void> {
  const body = JSON.stringify(state.callbackBody?.(state, job));
  const headers = { "content-type": "application/json" };
  const status = await fetch(url, { method: "POST", headers, body }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => null,
  );
  state.callbacks.push({ atMs: state.now(), jobId: job.id, url, status });
}
