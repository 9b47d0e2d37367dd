import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { runKills } from "./kills";

/**
 * `npm run test:faults -- --kills 100 --seed 7`: kills Vigilio and what it runs at random moments.
 * Without a seed one is drawn, and printed: the same seed kills in the same order.
 */
const { values } = parseArgs({
  options: { kills: { type: "string", default: "10" }, seed: { type: "string" } },
});
const kills = Number(values.kills);
const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error("--kills takes a whole number from 1 up, --seed a whole number.");
  process.exit(2);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const startedAt = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`);
say(`${kills} kills, seed ${seed}`);
const { added, ready, failed } = await runKills({ kills, seed, say });
for (const { imdbId, why } of failed) say(`${imdbId} failed: ${why}`);
say(`${added} films: ${ready} ready, ${failed.length} failed in words; nothing lost or left over`);
