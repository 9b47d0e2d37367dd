import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import type { LookedArea } from "@/lib/checks/schema";
import { lookedAtOf } from "@/lib/checks/stored";
import type { Connection } from "@/lib/db";
import { makeFolders, readEnv } from "@/lib/env";
import { connectWith } from "@/lib/settings/connect";
import { startQbittorrent } from "@/tests/support/qbittorrent";
import { openSubtitlesAccount, startOpenSubtitles } from "@/tests/upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "@/tests/upstreams/tmdb";
import { runChecks } from "./run-checks";

let dir: string;
let db: Connection | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-checks-"));
  chmodSync(dir, 0o755);
});
afterEach(() => {
  db?.$client.close();
  db = undefined;
  rmSync(dir, { recursive: true, force: true });
});

/** Looks at one area as this environment says; what was found by its states and codes. */
async function look(area: LookedArea, environment: Record<string, string> = {}) {
  const env = readEnv({ VIGILIO_DATA_DIR: join(dir, "data"), ...environment }, dir);
  makeFolders(env);
  migrateDatabase({ databasePath: env.databasePath, migrationsDir: "db/migrations" });
  db ??= openDatabase(env.databasePath);
  const services = connectWith(db, env, {});
  await runChecks({ db, env, services, now: () => new Date() }, [area]);
  const found = lookedAtOf(db)[area];
  return {
    checks: found?.checks ?? [],
    told: found?.checks.map(({ state, told }) => `${state} ${told}`),
  };
}

describe("qBittorrent that is somebody's own", () => {
  it("is asked for its version, and both folders are proven to be one", async () => {
    const other = await startQbittorrent();
    const access = {
      QBITTORRENT_URL: other.url,
      QBITTORRENT_USERNAME: other.username,
      QBITTORRENT_PASSWORD: other.password,
    };
    try {
      const { told, checks } = await look("qbittorrent", access);
      expect(told).toEqual([
        "fine qbittorrent-reached",
        "fine qbittorrent-signed-in",
        "fine qbittorrent-version",
        "fine qbittorrent-folder",
      ]);
      const downloads = join(dir, "data", "downloads");
      expect(checks.at(-1)?.values).toEqual({ local: downloads, remote: downloads });

      const map = { QBITTORRENT_PATH_MAP: `/elsewhere=${downloads}` };
      const unseen = await look("qbittorrent", { ...access, ...map });
      expect(unseen.told?.at(-1)).toBe("broken qbittorrent-folder-unseen");
      expect(unseen.checks.at(-1)?.values?.remote).toBe("/elsewhere");

      const wrong = await look("qbittorrent", { ...access, QBITTORRENT_PASSWORD: "wrong" });
      expect(wrong.told).toEqual(["fine qbittorrent-reached", "broken qbittorrent-refused"]);
    } finally {
      await other.stop();
    }
    const gone = await look("qbittorrent", access);
    expect(gone.told).toEqual(["broken qbittorrent-silent"]);
  });
});

describe("ffmpeg", () => {
  it("is run and asked for its encoders", async () => {
    const { told, checks } = await look("ffmpeg");
    expect(told?.slice(0, 3)).toEqual([
      ...["fine program-fine", "fine program-fine", "fine encoders-fine"],
    ]);
    expect(checks[0]?.values?.version).toMatch(/\d/);
  });

  it("that lacks an encoder, or does not run, is found out", async () => {
    const ffmpeg = join(dir, "ffmpeg");
    const answer = (lines: string) =>
      writeFileSync(ffmpeg, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    answer(`case "$*" in
*-encoders*) echo ' A....D aac                  AAC (Advanced Audio Coding)' ;;
*) echo 'ffmpeg version 9.9-small Copyright' ;;
esac`);
    const small = await look("ffmpeg", { FFMPEG_PATH: ffmpeg });
    expect(small.told).toContain("broken encoders-missing");
    expect(small.checks[2]?.values?.missing).toBe("libx264, srt, mjpeg");
    answer("exit 1");
    const dead = await look("ffmpeg", { FFMPEG_PATH: ffmpeg });
    expect(dead.told?.[0]).toBe("broken program-fails");
    const missing = await look("ffmpeg", { FFMPEG_PATH: join(dir, "nothing") });
    expect(missing.told).toEqual(["broken program-fails"]);
  });
});

it("TMDB and OpenSubtitles are asked with what is set", async () => {
  const tmdb = await startTmdb();
  const openSubtitles = await startOpenSubtitles();
  const { apiKey, username, password } = openSubtitlesAccount;
  const addresses = {
    TMDB_API_URL: tmdb.apiUrl,
    OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
  };
  const account = {
    ...{ OPENSUBTITLES_API_KEY: apiKey, OPENSUBTITLES_USERNAME: username },
    OPENSUBTITLES_PASSWORD: password,
  };
  try {
    const of = async (area: LookedArea, more: Record<string, string> = {}) =>
      (await look(area, { ...addresses, ...more })).told;
    expect(await of("tmdb")).toEqual(["look tmdb-none"]);
    expect(await of("tmdb", { TMDB_API_KEY: tmdbKeys.v3 })).toEqual(["fine tmdb-fine"]);
    expect(await of("tmdb", { TMDB_API_KEY: "f".repeat(32) })).toEqual(["broken tmdb-refused"]);
    expect(await of("opensubtitles")).toEqual(["fine opensubtitles-none"]);
    expect(await of("opensubtitles", { OPENSUBTITLES_API_KEY: apiKey })).toEqual([
      "fine opensubtitles-key-alone",
    ]);
    expect(await of("opensubtitles", account)).toEqual(["fine opensubtitles-quota"]);
    const wrong = { ...account, OPENSUBTITLES_PASSWORD: "wrong" };
    expect(await of("opensubtitles", wrong)).toEqual(["broken opensubtitles-refused"]);
  } finally {
    await Promise.all([tmdb.close(), openSubtitles.close()]);
  }
  const away = await look("tmdb", { ...addresses, TMDB_API_KEY: tmdbKeys.v3 });
  expect(away.told).toEqual(["broken tmdb-down"]);
});
