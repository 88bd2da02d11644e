import type { OrderedCall } from "./effect.ts";
import type { Route } from "./order.ts";
import type { Part } from "./state.ts";
import { routeOf, type Step } from "./step.ts";

/** What a part asks of its route, and the name it asks under: the same until the outcome of its submit is known. */
export function imageCallOf(
  { state }: Step,
  part: Part,
): { part: number; route: Route; image: OrderedCall; idempotencyKey: string } {
  const { order } = state;
  const route = routeOf(state, part);
  const index = state.parts.indexOf(part);
  const { imageCount: _, ...image } = order.image;
  return {
    part: index,
    route,
    image: {
      ...image,
      model: route.model,
      count: part.images.length,
      firstIndex: part.images[0]?.index ?? 0,
      seed: order.seed,
    },
    idempotencyKey: `${order.id}.${index}.${part.generation}`,
  };
}
