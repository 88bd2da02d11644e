import { remoteBucket } from "./remote-bucket.ts";

interface Bindings {
  readonly BUCKET_URL: string;
}

interface Asked {
  readonly urls: readonly string[];
  /** `pass`: each body goes into the bucket as it comes. `buffer`: each image is in memory before it is put. */
  readonly how: "pass" | "buffer";
}

/** Stores images as one writes it first: all at once, without a look at them. */
export default {
  async fetch(request, { BUCKET_URL }) {
    const bucket = remoteBucket(BUCKET_URL);
    const { urls, how } = await request.json<Asked>();
    await Promise.all(
      urls.map(async (url) => {
        const response = await fetch(url);
        const body = how === "buffer" ? await response.arrayBuffer() : response.body;
        await bucket.put(new URL(url).pathname.slice(1), body);
      }),
    );
    return new Response(null, { status: 204 });
  },
} satisfies ExportedHandler<Bindings>;
