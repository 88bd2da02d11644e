import type { Bindings } from "./bindings.ts";

declare global {
  namespace Cloudflare {
    /** What `env` of `cloudflare:workers` is. */
    interface Env extends Bindings {}
    interface GlobalProps {
      mainModule: typeof import("./index.ts");
    }
  }
}
