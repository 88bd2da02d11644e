import type { Principal } from "@bluehour/contract";
import type { JobOrder } from "@bluehour/core";

/** Who looks at a job: somebody of an account, or, confined, one of its browser tokens. */
export type Viewer = Pick<Principal, "accountId" | "tokenId" | "confined">;

/** A job is there for its account; for a browser token only if it created it. */
export function maySee(
  { accountId, tokenId, confined }: Viewer,
  order: Pick<JobOrder, "accountId" | "createdBy">,
): boolean {
  return order.accountId === accountId && (!confined || order.createdBy === tokenId);
}
