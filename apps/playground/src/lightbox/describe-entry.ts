/** A line of a timeline, as the Worker gives it. */
export interface Entry {
  readonly at: string;
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** A line of a timeline in words. */
export function describeEntry(entry: Entry): string {
  const provider = textOf(entry["provider"]) ?? "the provider";
  const number = entry["image"] ?? entry["part"];
  const image = number === undefined ? "it" : `image ${number}`;
  const count = typeof entry["count"] === "number" ? entry["count"] : 1;
  const wait =
    typeof entry["wait_ms"] === "number" ? `; again in ${(entry["wait_ms"] / 1000).toFixed(1)} s` : "";
  const reason = textOf(entry["reason"]);
  const why = reason ? `: ${reason}` : "";
  const outcome = textOf(entry["outcome"]);
  const sentences: Record<string, string> = {
    queued: "Asked for, and safe from here on",
    submitted: `Sent ${image} to ${provider}`,
    accepted: `${provider} took ${image}`,
    polled: `Asked after ${image}${count > 1 ? ` ${count} times` : ""}`,
    throttled: `${provider} asked to slow down${wait}`,
    retried: `Tried ${image} again${why}${wait}`,
    looked_up: `Asked ${provider} whether it had ${image}${why}`,
    resubmitted: `Sent ${image} once more${why}; the provider may have been paid twice`,
    fell_back: `Handed ${image} over to ${provider}${why}`,
    refetched: `Fetched ${image} again${why}`,
    stored: `Stored ${image}`,
    image_failed: `Gave up ${image}${why}`,
    part_failed: `Gave up ${image}${why}`,
    part_canceled: `Stopped ${image}`,
    upstream_cancel: `Told ${provider} to stop${outcome ? `: ${outcome.replaceAll("_", " ")}` : ""}`,
    completed: "Complete",
    errored: `Failed${why}`,
    canceled: "Canceled",
    refunded: `Refunded ${count} credits`,
    webhook_delivered: "Webhook delivered",
    deleted: "Deleted",
  };
  // Workers may run ahead of this page.
  return capital(sentences[entry.type] ?? entry.type.replaceAll("_", " "));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
