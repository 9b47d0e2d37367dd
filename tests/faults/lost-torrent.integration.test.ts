import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { seedRelease } from "../support/movie-torrent";
import { addTorrent, readyMovie } from "../support/movies-api";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";
import { ask } from "./inspect";
import { programsOf } from "./processes";

it("gives a torrent to qBittorrent anew when that was killed before it had written it down", async () => {
  const release = await seedRelease({
    ...{ seconds: 8, bytesPerSecond: 100_000 },
    movie: { width: 320, height: 180 },
  });
  await using vigilio = await startVigilio();
  const { dataDir } = vigilio;
  await until("everything is up", async () => {
    const health = await (await vigilio.fetch("/api/health")).json();
    return health.checks.qbittorrent.ok === true;
  });
  const { movie } = await addTorrent(vigilio, "tt7000002", release.torrent);
  await until("data flow", () => {
    const flowing = "select id from downloads where progress > 0 and progress < 1";
    return ask(dataDir, flowing).length > 0;
  });
  const [program] = programsOf(dataDir).filter(({ what }) => what === "qbittorrent");
  expect(program).toBeDefined();
  process.kill(program?.pid ?? 0, "SIGKILL");
  // Where it writes down what it has, as it would be had it never come to that.
  const notes = join(dataDir, "qbittorrent", "qBittorrent", "data", "BT_backup");
  rmSync(notes, { recursive: true });

  await readyMovie(vigilio, movie.id);
  expect(ask<{ tries: number }>(dataDir, startsOf)[0]?.tries).toBe(2);
  expect(vigilio.logs()).toContain("a torrent was lost, adding it anew");
  await vigilio.stop();
  await release.close();
});

const startsOf = "select count(*) as tries from jobs where kind = 'start-download'";
