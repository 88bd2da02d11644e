/** A line of a timeline, as the Worker gives it. */
export interface Entry {
  readonly at: string;
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** A line of a timeline in words. */
export function describeEntry(entry: Entry): string {
  const provider = textOf(entry["provider"]) ?? "the provider";
  const image = entry["image"] ?? entry["part"];
  const which = image === undefined ? "" : ` image ${image}`;
  const count = typeof entry["count"] === "number" ? entry["count"] : 0;
  const wait =
    typeof entry["wait_ms"] === "number" ? `; again in ${(entry["wait_ms"] / 1000).toFixed(1)} s` : "";
  const reason = textOf(entry["reason"]);
  const why = reason ? `: ${reason}` : "";
  const sentences: Record<string, string> = {
    queued: "Asked for, and safe from here on",
    submitted: `Sent${which} to ${provider}`,
    accepted: `Taken by ${provider}${which}`,
    polled: count > 1 ? `Looked ${count} times${which}` : `Looked${which}`,
    throttled: `${provider} asked to slow down${wait}`,
    retried: `Tried again${which}${why}${wait}`,
    looked_up: `Asked ${provider} whether it had taken${which || " it"}${why}`,
    resubmitted: `Sent${which} once more${why}; the provider may have been paid twice`,
    fell_back: `Handed over to ${provider}${why}`,
    refetched: `Fetched${which} again${why}`,
    stored: `Stored${which}`,
    image_failed: `Gave up${which}${why}`,
    part_failed: `Gave up part ${entry["part"] ?? ""}${why}`,
    part_canceled: `Stopped${which}`,
    upstream_cancel: `Told ${provider} to stop${entry["outcome"] ? ` (${entry["outcome"]})` : ""}`,
    completed: "Complete",
    errored: `Failed${why}`,
    canceled: "Canceled",
    refunded: `Refunded ${count} credits`,
    webhook_delivered: "Webhook delivered",
    deleted: "Deleted",
  };
  // Workers may run ahead of this page.
  return sentences[entry.type] ?? entry.type.replaceAll("_", " ");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
