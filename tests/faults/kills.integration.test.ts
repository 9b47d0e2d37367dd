import { expect, it } from "vitest";
import { runKills } from "./kills";

it("comes through ten kills at random moments as if nothing had happened", async () => {
  const lines: string[] = [];
  const seed = Math.floor(Math.random() * 1_000_000);
  try {
    const { added, ready, failed } = await runKills({
      ...{ kills: 10, seed },
      say: (line) => lines.push(line),
    });
    expect(ready + failed.length).toBe(added);
    expect(ready).toBeGreaterThan(0);
  } catch (error) {
    throw new Error(`seed ${seed}\n${lines.join("\n")}`, { cause: error });
  }
}, 600_000);
