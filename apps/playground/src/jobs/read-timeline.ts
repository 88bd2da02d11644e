import type { BluehourClient } from "@bluehour/client";

/**
 * What happened to a job, oldest first. By `rpc`, which has every endpoint: types are the routes' own, and an answer
 * that is no success is for the caller to tell apart.
 */
export async function readTimeline({ rpc }: BluehourClient, id: string) {
  const response = await rpc.v1["image-projects"][":id"].timeline.$get({ param: { id } });
  if (!response.ok) throw new Error((await response.json()).message);
  return (await response.json()).items;
}
