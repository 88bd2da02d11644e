// The same service on Workflows, with everything counted that Cloudflare bills.
import { meterBindings } from "../worker/meter-bindings.ts";
import { count, takeCounts } from "../worker/tally.ts";
import { type Bindings, ImageWorkflow as Plain } from "./image-workflow.ts";
import app from "./worker.ts";

export class ImageWorkflow extends Plain {
  constructor(context: ExecutionContext, bindings: Bindings) {
    super(context, meterBindings(bindings));
  }
}

export default {
  fetch(request, bindings, context) {
    if (new URL(request.url).pathname === "/bench/counts") return Response.json(takeCounts());
    count("workerRequests");
    return app.fetch(request, meterBindings(bindings), context);
  },
} satisfies ExportedHandler<Bindings>;
