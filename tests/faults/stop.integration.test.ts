import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeMovie } from "../media/make";
import { seedRelease } from "../support/movie-torrent";
import { addJson, addTorrent, readyMovie } from "../support/movies-api";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { ask } from "./inspect";
import { isAlive, programsOf } from "./processes";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vigilio-stop-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface JobRow {
  kind: string;
  status: string;
  attempts: number;
  bootId: string | null;
}

it("stops in time and in order in the middle of a conversion and a download, and goes on after", async () => {
  const importDir = join(root, "import");
  const dataDir = join(root, "data");
  mkdirSync(importDir);
  const path = join(importDir, "Long.Film.2020.avi");
  await makeMovie({
    ...{ path, seconds: 240, width: 640, height: 360 },
    ...{ video: "mpeg4", audio: [{ codec: "mp3" }] },
  });
  const release = await seedRelease({
    ...{ seconds: 8, bytesPerSecond: 20_000 },
    movie: { width: 320, height: 180 },
  });
  const env = { VIGILIO_IMPORT_DIRS: importDir };

  const first = await startVigilio({ dataDir, env });
  const ids: string[] = [];
  try {
    await servicesUp(first);
    ids.push((await addTorrent(first, "tt7000002", release.torrent)).movie.id);
    await until("data flow", () => {
      const flowing = "select id from downloads where progress > 0 and progress < 1";
      return ask(dataDir, flowing).length > 0;
    });
    // Long enough that it is still converted when the signal comes, also on a fast machine.
    ids.push((await addJson(first, { imdbId: "tt7000001", path })).movie.id);
    await until("ffmpeg converts", () => {
      const making = "select id from jobs where kind = 'make-playable' and status = 'running'";
      const isConverting = programsOf(dataDir).some(({ what }) => what === "ffmpeg");
      return isConverting && ask(dataDir, making).length > 0;
    });
  } catch (error) {
    await first.stop();
    throw error;
  }
  const toldAt = performance.now();
  process.kill(first.pid, "SIGTERM");
  await until("it has ended", () => !isAlive(first.pid), 15_000);
  const tookMs = performance.now() - toldAt;
  const left = programsOf(dataDir);
  expect(await first.stop()).toBe(0);
  expect(left).toEqual([]);
  expect(tookMs).toBeLessThan(15_000);
  const [claim] = ask<JobRow>(
    dataDir,
    "select kind, status, attempts, boot_id as bootId from jobs where kind = 'make-playable'",
  );
  expect(claim).toMatchObject({ status: "queued", attempts: 0, bootId: null });

  await using second = await startVigilio({ dataDir, env });
  for (const id of ids) await readyMovie(second, id);
  const attempts = ask<JobRow>(dataDir, "select max(attempts) as attempts from jobs");
  expect(attempts[0]?.attempts).toBe(1);
  await second.stop();
  await release.close();
}, 240_000);

async function servicesUp(vigilio: Vigilio): Promise<void> {
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
}
