import { createClient } from "@bluehour/client";
interface Env { BLUEHOUR: Fetcher; BLUEHOUR_TOKEN: string }
export default {
  async fetch(request: Request, env: Env) {
    const url = new URL(request.url);
    if (url.pathname.startsWith("/images/")) return env.BLUEHOUR.fetch(request);
    const f = url.searchParams.get("how") === "detached" ? env.BLUEHOUR.fetch : env.BLUEHOUR.fetch.bind(env.BLUEHOUR);
    const bluehour = createClient({ baseUrl: url.origin, token: env.BLUEHOUR_TOKEN, fetch: f });
    try {
      const r = await bluehour.v1.aiImageGenerator.generate({ image_count: 1, style: { prompt: "x" } }, { downloadOutputs: false });
      return Response.json(r);
    } catch (error) { return new Response(String(error), { status: 500 }); }
  },
};
