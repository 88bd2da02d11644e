import type { DeliveryPage, WebhookInput, WebhookList, WebhookWithSecret } from "@bluehour/contract";
import { call, DELETION, ONCE } from "./call.ts";
import { inQuery, type PageRequest } from "./page-request.ts";
import type { RpcClient } from "./rpc.ts";
import type { ScopeOptions } from "./scope.ts";

/** `/v1/webhooks`: who is told of the account's jobs, and what became of it. Needs an account's token. */
export interface Webhooks {
  /**
   * Adds an endpoint. Not retried: a lost answer can leave one behind, which `list` shows.
   *
   * @throws ValidationError for an address that is not https and public, or when the account has 20 already
   * @example
   * const { secret } = await bluehour.v1.webhooks.create({
   *   url: "https://example.com/hook",
   *   events: ["image.completed", "image.errored"],
   * });
   */
  create(request: WebhookInput, options?: ScopeOptions): Promise<WebhookWithSecret>;
  /** All endpoints, without their secrets. */
  list(options?: ScopeOptions): Promise<WebhookList>;
  /** Removes an endpoint; what is still to be delivered is dropped. @throws NotFoundError */
  delete(request: { id: string }, options?: ScopeOptions): Promise<void>;
  /**
   * What was sent to an endpoint, newest first, each with its latest tries.
   *
   * @throws NotFoundError, ValidationError for a `limit` out of range
   */
  deliveries(request: { id: string } & PageRequest, options?: ScopeOptions): Promise<DeliveryPage>;
  /** Sends an event that means nothing, `webhook.test`. Not retried. @throws NotFoundError */
  test(request: { id: string }, options?: ScopeOptions): Promise<void>;
  /** Sends an event once more, under its old id. Not retried. @throws NotFoundError, also for the event */
  redeliver(request: { id: string; delivery_id: string }, options?: ScopeOptions): Promise<void>;
  /**
   * Replaces the secret; for 24 hours what is sent is signed with the old one too. Not retried: a second time would
   * put the first new secret in the old one's place.
   *
   * @throws NotFoundError
   */
  rotateSecret(request: { id: string }, options?: ScopeOptions): Promise<WebhookWithSecret>;
}

export function webhooks({ v1: { webhooks: all } }: RpcClient): Webhooks {
  const one = all[":id"];
  return {
    create: (json, options) => call(options, (at) => all.$post({ json }, at), ONCE),
    list: (options) => call(options, (at) => all.$get({}, at)),
    delete: (param, options) => call(options, (at) => one.$delete({ param }, at), DELETION),
    deliveries: ({ id, ...page }, options) =>
      call(options, (at) => one.deliveries.$get({ param: { id }, query: inQuery(page) }, at)),
    test: (param, options) => call(options, (at) => one.test.$post({ param }, at), ONCE),
    redeliver: ({ id, delivery_id: deliveryId }, options) =>
      call(
        options,
        (at) => one.deliveries[":deliveryId"].redeliver.$post({ param: { id, deliveryId } }, at),
        ONCE,
      ),
    rotateSecret: (param, options) => call(options, (at) => one["rotate-secret"].$post({ param }, at), ONCE),
  };
}
