// What somebody who speaks to the endpoints by themselves writes. Compiled against the packed types; never run.
import { createClient } from "@bluehour/client";

const { rpc } = createClient({ baseUrl: "http://localhost:8787", token: "t" });

export async function raw(id: string): Promise<string> {
  const response = await rpc.v1["image-projects"][":id"].$get({ param: { id } });
  if (!response.ok) return (await response.json()).request_id;
  return (await response.json()).downloads[0]?.sha256 ?? "";
}
