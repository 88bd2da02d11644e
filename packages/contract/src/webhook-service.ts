import type { PageQuery } from "./page.ts";
import type { Principal } from "./principal.ts";
import type { DeliveryPage, WebhookList, WebhookRequest, WebhookWithSecret } from "./webhook.ts";

/** What the routes of webhooks need. What does not exist, or is another account's, is an `ApiError` `not_found`. */
export interface WebhookService {
  /** @throws ApiError `unprocessable` for a host that is not public, or when the account has too many */
  create(principal: Principal, request: WebhookRequest): Promise<WebhookWithSecret>;
  list(principal: Principal): Promise<WebhookList>;
  /** What is still to be delivered is dropped. */
  delete(principal: Principal, id: string): Promise<void>;
  deliveries(principal: Principal, id: string, query: PageQuery): Promise<DeliveryPage>;
  /** Sends an event that means nothing. */
  test(principal: Principal, id: string): Promise<void>;
  /** Sends an event once more, under its old id. */
  redeliver(principal: Principal, id: string, deliveryId: string): Promise<void>;
  /** Replaces the secret; for 24 hours what is sent is signed with the old one too. */
  rotateSecret(principal: Principal, id: string): Promise<WebhookWithSecret>;
}
