/** A line of a timeline, as the Worker gives it. */
export interface Entry {
  readonly at: string;
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** A line of a timeline in words. @param entries - the same thing, as it happened to one or several images */
export function describeEntries(entries: readonly [Entry, ...Entry[]]): string {
  const [entry] = entries;
  const provider = textOf(entry["provider"]) ?? "the provider";
  const image = imagesOf(entries);
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

/** What happened to several images at about the same time is one line. */
export function groupEntries(entries: readonly Entry[]): [Entry, ...Entry[]][] {
  const groups: [Entry, ...Entry[]][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    if (group && numberOf(entry) && likenessOf(group[0]) === likenessOf(entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** All that is told of an entry but when, and of which image; seconds are as near as a reader looks. */
function likenessOf({ at, image, part, ...facts }: Entry): string {
  return JSON.stringify([Math.round(Date.parse(at) / 1000), facts]);
}

function numberOf(entry: Entry): number | null {
  const number = entry["image"] ?? entry["part"];
  return typeof number === "number" ? number : null;
}

function imagesOf(entries: readonly Entry[]): string {
  const numbers = entries.flatMap((entry) => numberOf(entry) ?? []).sort((a, b) => a - b);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return "it";
  if (first === last) return `image ${first}`;
  if (last - first === numbers.length - 1 && numbers.length > 2) return `images ${first} to ${last}`;
  return `images ${new Intl.ListFormat("en").format(numbers.map(String))}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
