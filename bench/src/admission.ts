import { startBench } from "./bench-worker.ts";

/**
 * How fast an account admits jobs: creates per second through the real Worker into one Account object, beside requests
 * that make one no-op call to a Durable Object, in turns in the same workerd. Jobs are handed over to an object that
 * does nothing, so no painting is measured, and the Worker's log is off.
 *
 * A create makes two such calls, the admission and, after the answer, the birth, whose receiver shares the only thread
 * here. Without births creates reach about half of the no-op's rate instead of two fifths.
 */
const ROUNDS = 9;
const REQUESTS = 2_000;
const AT_ONCE = 64;

type What = "noop" | "create";

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const bench = await startBench();
try {
  const token = await bench.openAccount();
  const measure = async (what: What): Promise<Figures> => {
    const begin = performance.now();
    const { latenciesMs, failures } = await bench.run({ what, token, requests: REQUESTS, atOnce: AT_ONCE });
    const seconds = (performance.now() - begin) / 1000;
    if (failures > 0) throw new Error(`${failures} of ${REQUESTS} requests failed`);
    const sorted = latenciesMs.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { perSecond: REQUESTS / seconds, p50: at(0.5), p99: at(0.99) };
  };

  const rounds: Record<What, Figures[]> = { noop: [], create: [] };
  await measure("noop");
  await measure("create");
  for (let round = 0; round < ROUNDS; round++) {
    for (const what of ["noop", "create"] as const) rounds[what].push(await measure(what));
  }

  const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const middle = (what: What, figure: keyof Figures) => median(rounds[what].map((round) => round[figure]));
  console.log(`Medians of ${ROUNDS} rounds of ${REQUESTS} requests, ${AT_ONCE} at once.\n`);
  console.log("| request | a second | p50, ms | p99, ms |");
  console.log("| --- | --: | --: | --: |");
  for (const [what, name] of [
    ["noop", "no-op Durable Object call"],
    ["create", "create"],
  ] as const) {
    const [perSecond, p50, p99] = (["perSecond", "p50", "p99"] as const).map((figure) =>
      middle(what, figure).toFixed(figure === "perSecond" ? 0 : 1),
    );
    console.log(`| ${name} | ${perSecond} | ${p50} | ${p99} |`);
  }
  // Of each round by itself, since whatever else the machine does slows both.
  const ratio = median(
    rounds.create.map(({ perSecond }, round) => perSecond / (rounds.noop[round]?.perSecond ?? 0)),
  );
  console.log(`\nratio ${(ratio * 100).toFixed(0)} % (aim: at least 40 %)`);
} finally {
  await bench.stop();
}
