import * as z from "zod";
import { type Answer, type Exchange, readJsonBody, sendAnswer } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { faultSchema } from "./fault.ts";

const faultsSchema = z.union([z.array(faultSchema), faultSchema.transform((fault) => [fault])]);
const settingsSchema = z.object({ renderMs: z.int().min(0) });

/**
 * The fake's own endpoints, for tests in another process:
 * `POST /__control/faults` (a fault or a list), `POST /__control/settings` (`{renderMs}`),
 * `POST /__control/reset`, `GET /__control/log`.
 */
export async function control(state: FakeState, exchange: Exchange): Promise<void> {
  sendAnswer(exchange, await controlAnswer(state, exchange));
}

async function controlAnswer(state: FakeState, exchange: Exchange): Promise<Answer> {
  switch (`${exchange.request.method} ${exchange.url.pathname}`) {
    case "GET /__control/log": {
      const { submits, images, requests, callbacks } = state;
      return { status: 200, body: { submits, images, requests, callbacks } };
    }
    case "POST /__control/faults": {
      const faults = faultsSchema.safeParse(await readJsonBody(exchange));
      if (!faults.success) return { status: 400, body: { message: z.prettifyError(faults.error) } };
      state.scripted.add(faults.data);
      return { status: 204 };
    }
    case "POST /__control/settings": {
      const settings = settingsSchema.safeParse(await readJsonBody(exchange));
      if (!settings.success) return { status: 400, body: { message: z.prettifyError(settings.error) } };
      state.renderMs = settings.data.renderMs;
      return { status: 204 };
    }
    case "POST /__control/reset":
      state.reset();
      return { status: 204 };
    default:
      return { status: 404, body: { message: "Not Found" } };
  }
}
