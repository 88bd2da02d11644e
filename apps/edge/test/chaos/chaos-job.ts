/** Who paints; `tells`: what became of a lost submit can be looked up there. */
const PAINTERS = [
  { provider: "magic-hour", model: "magic-hour/default", imagesPerCall: 4, tells: false },
  // Calls back, if the callback is not lost with the Worker.
  {
    provider: "replicate",
    model: "replicate/black-forest-labs/flux-schnell",
    imagesPerCall: 4,
    tells: false,
  },
  { provider: "comfyui", model: "comfyui/default", imagesPerCall: 4, tells: true },
  // Paints while we wait: what it sent is lost with the process that held it.
  { provider: "openai", model: "openai/gpt-image-1", imagesPerCall: 4, tells: false },
] as const;

/** Everything that may go wrong with a job, as markers that the fake upstream understands; most jobs are healthy. */
const FAULTS = [
  "",
  "",
  "",
  "[fault:slow-900]",
  "[fault:slow-2500]",
  "[fault:submit-503x2]",
  "[fault:submit-429-wait1]",
  "[fault:submit-drop]",
  "[fault:submit-drop-after]",
  "[fault:submit-garbage]",
  "[fault:poll-500x2]",
  "[fault:poll-429-wait1]",
  "[fault:poll-garbage]",
  "[fault:poll-drop]",
  "[fault:body-short]",
  "[fault:body-truncated]",
  "[fault:body-html]",
  "[fault:body-chunked]",
  "[fault:body-large-6]",
  "[fault:expired-url]",
  "[fault:fewer-1]",
  "[fault:moderated]",
  "[fault:lose-callback]",
] as const;

/** Faults after which fewer images than asked, or none, is the right outcome. */
const SHORT = ["[fault:fewer-1]", "[fault:moderated]"];

/** What its caller does with a job once it is created; most are left alone. */
const ACTS = ["none", "none", "none", "none", "none", "none", "none", "cancel", "delete"] as const;

/** A job to create: its prompt is its own, so that what upstream saw of it can be told apart. */
export interface ChaosJob {
  readonly key: string;
  readonly prompt: string;
  readonly imageCount: number;
  readonly painter: (typeof PAINTERS)[number];
  readonly act: (typeof ACTS)[number];
  /** When the caller acts, in milliseconds after the create was answered. */
  readonly actAfterMs: number;
  /** Whether all images must arrive, whatever happens to the Worker. */
  readonly healthy: boolean;
}

/** Jobs of mixed sizes and faults, the same for the same seed. */
export function chaosJobs(count: number, random: () => number): ChaosJob[] {
  return Array.from({ length: count }, (_, index) => {
    const drawn = FAULTS[Math.floor(random() * FAULTS.length)] ?? "";
    const act = ACTS[Math.floor(random() * ACTS.length)] ?? "none";
    const painter = PAINTERS[Math.floor(random() * PAINTERS.length)] ?? PAINTERS[0];
    // One's own ComfyUI moderates nothing.
    const fault = drawn === "[fault:moderated]" && painter.provider === "comfyui" ? "" : drawn;
    return {
      painter,
      act,
      actAfterMs: Math.floor(random() * 3_000),
      key: `chaos-${index}`,
      prompt: `picture ${index} ${fault}`.trim(),
      imageCount: 1 + Math.floor(random() * 6),
      healthy: act === "none" && !SHORT.includes(fault),
    };
  });
}
