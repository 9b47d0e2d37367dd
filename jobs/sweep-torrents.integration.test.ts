import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { releaseHeld, saveRestored } from "@/lib/backups/restored";
import { readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { setRuntime } from "@/lib/queue/runtime";
import { vigilioCategory, vigilioTagPrefix } from "@/lib/services/qbittorrent/client";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { startQbittorrent, type TestQbittorrent } from "@/tests/support/qbittorrent";
import { makeTorrent } from "@/tests/support/torrent";
import { sweepTorrents } from "./sweep-torrents";

const now = new Date();
let dir: string;
let own: TestQbittorrent;
let db: ReturnType<typeof testDatabase>;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-sweep-torrents-"));
  db = testDatabase();
  own = await startQbittorrent();
  setRuntime({
    bootId: "boot",
    wake() {},
    sweep() {},
    ticks: () => [],
    runTick: () => null,
    managedQbittorrent: () => own,
    restore: () => Promise.reject(new Error("not in this test")),
  });
});
afterEach(async () => {
  setRuntime(undefined);
  await own.stop();
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

it("a torrent that no row knows goes, but not while files from before a restore are held", async () => {
  const env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
  const services = connect(db, env);
  const film = { path: "film.mkv", content: Buffer.alloc(70_000, 7) };
  const torrentFile = await makeTorrent({ name: "A film", files: [film] });
  await services.qbittorrent().add({
    torrentFile,
    tag: `${vigilioTagPrefix}${randomId()}`,
    category: vigilioCategory,
    savePath: own.downloadsDir,
  });
  const count = async () => (await services.qbittorrent().snapshot()).length;
  const run = () => sweepTorrents({ db, env, services, now: () => now, startedAt: now });
  const state = { id: "a", at: 0, from: "b", before: null, holdsFiles: true, held: null };
  saveRestored(db, state, now);
  await run();
  expect(await count()).toBe(1);
  releaseHeld(db, now);
  await run();
  expect(await count()).toBe(0);
});
