import type { Diagnostic } from "@bluehour/contract";
import { DEFAULT_ACCOUNT } from "../accounts/account-id.ts";
import type { Bindings } from "../bindings.ts";
import { describeError } from "../log.ts";
import { howToBind, namespaces, type ObjectBinding } from "../namespaces.ts";
import { withinLimit } from "../within-limit.ts";
import { fault, ok } from "./verdict.ts";

/** How long an object may take to answer, in milliseconds. */
const LIMIT_MS = 10_000;

/** Asks one object of each class something that leaves nothing behind. */
export async function checkObjects(bindings: Bindings): Promise<Diagnostic[]> {
  const objects = namespaces(bindings);
  const viewer = { accountId: DEFAULT_ACCOUNT, tokenId: null, confined: false };
  return Promise.all([
    check(bindings, "JOBS", async () => objects.job(objects.newJobId())?.read(viewer)),
    check(bindings, "ACCOUNTS", () => objects.account(DEFAULT_ACCOUNT).describe()),
    // A receiver that was never opened: it forgets what its object has just set up.
    check(bindings, "WEBHOOKS", () => objects.webhook(DEFAULT_ACCOUNT, "diagnostics").close()),
  ]);
}

async function check(
  bindings: Bindings,
  binding: ObjectBinding,
  question: () => Promise<unknown>,
): Promise<Diagnostic> {
  const name = `binding ${binding}`;
  if (!bindings[binding]) return fault(name, "is missing", howToBind(binding));
  try {
    await withinLimit(LIMIT_MS, question);
    return ok(name, "answers");
  } catch (error) {
    const fix =
      "bring the bindings and migrations of wrangler.toml back to those that came with it, and deploy";
    return fault(name, `does not answer: ${describeError(error)}`, fix);
  }
}
