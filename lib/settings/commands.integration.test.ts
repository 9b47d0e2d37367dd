import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { readEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/tests/support/database";
import { startQbittorrent } from "@/tests/support/qbittorrent";
import {
  type OpenSubtitlesStandIn,
  openSubtitlesAccount,
  startOpenSubtitles,
} from "@/tests/upstreams/opensubtitles";
import { startTmdb, type TmdbStandIn, tmdbKeys } from "@/tests/upstreams/tmdb";
import {
  changeOpenSubtitles,
  changeQbittorrent,
  changeTmdbKey,
  tryOpenSubtitlesAccount,
  tryQbittorrent,
  tryTmdbKey,
} from "./commands";
import { connect } from "./connect";
import { settingsOf } from "./data";
import { saveSettings } from "./mutations";
import { openSubtitlesAccount as accountForm, qbittorrentAccess } from "./schema";

const now = new Date("2026-03-01T10:00:00Z");
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

function contextOf(environment: Record<string, string> = {}) {
  return { db, env: readEnv(environment, "/nowhere"), now };
}

/** The code by field of what a command is refused for. */
async function refusal(command: Promise<unknown>): Promise<Record<string, string>> {
  const error = await command.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError) || !error.fields) throw new Error(`not refused: ${error}`);
  return Object.fromEntries(Object.entries(error.fields).map(([name, { code }]) => [name, code]));
}

describe("the TMDB key", () => {
  let tmdb: TmdbStandIn;
  beforeEach(async () => {
    tmdb = await startTmdb();
  });
  afterEach(() => tmdb.close());

  it("is kept when TMDB takes it, however often a wrong one was tried", async () => {
    const context = contextOf({ TMDB_API_URL: tmdb.apiUrl });
    // Whoever works in the background has its clients already.
    expect(connect(db, context.env).tmdb()).toBeNull();
    const wrong = changeTmdbKey(context, { tmdbApiKey: "f".repeat(32) });
    expect(await refusal(wrong)).toEqual({ tmdbApiKey: "tmdb-key-refused" });
    expect(settingsOf(db, context.env).tmdbApiKey).toBeNull();
    await changeTmdbKey(context, { tmdbApiKey: tmdbKeys.v3 });
    expect(settingsOf(db, context.env).tmdbApiKey).toBe(tmdbKeys.v3);
    expect(await connect(db, context.env).tmdb()?.verifyKey()).toBe(true);
    const again = changeTmdbKey(context, { tmdbApiKey: "f".repeat(32) });
    expect(await refusal(again)).toEqual({ tmdbApiKey: "tmdb-key-refused" });
    expect(settingsOf(db, context.env).tmdbApiKey).toBe(tmdbKeys.v3);
  });

  it("is only shown in a test: the one that was typed, else the one that is there", async () => {
    const context = contextOf({ TMDB_API_URL: tmdb.apiUrl });
    const tried = (tmdbApiKey?: string) => tryTmdbKey(context, { tmdbApiKey });
    expect(await refusal(tried())).toEqual({ tmdbApiKey: "field-required" });
    expect(await tried(tmdbKeys.v3)).toEqual({ elapsedMs: expect.any(Number) });
    expect(settingsOf(db, context.env).tmdbApiKey).toBeNull();
    await changeTmdbKey(context, { tmdbApiKey: tmdbKeys.v3 });
    expect(await tried()).toEqual({ elapsedMs: expect.any(Number) });
    expect(await refusal(tried("f".repeat(32)))).toEqual({ tmdbApiKey: "tmdb-key-refused" });
    // A test that fails keeps nobody from saving.
    await changeTmdbKey(context, { tmdbApiKey: "f".repeat(32), unchecked: "1" });
    expect(settingsOf(db, context.env).tmdbApiKey).toBe("f".repeat(32));
  });
});

describe("the OpenSubtitles account", () => {
  let upstream: OpenSubtitlesStandIn;
  beforeEach(async () => {
    upstream = await startOpenSubtitles();
  });
  afterEach(() => upstream.close());

  const { apiKey, username, password } = openSubtitlesAccount;
  const form = (fields: z.input<typeof accountForm>) => accountForm.parse(fields);
  const whole = {
    openSubtitlesApiKey: apiKey,
    openSubtitlesUsername: username,
    openSubtitlesPassword: password,
  };

  it("is kept when it works, and says which part does not", async () => {
    const context = contextOf({ OPENSUBTITLES_API_URL: upstream.apiUrl });
    const wrongKey = form({ ...whole, openSubtitlesApiKey: "wrong" });
    expect(await refusal(changeOpenSubtitles(context, wrongKey))).toEqual({
      openSubtitlesApiKey: "opensubtitles-key-refused",
    });
    const wrongPassword = form({ ...whole, openSubtitlesPassword: "wrong" });
    expect(await refusal(changeOpenSubtitles(context, wrongPassword))).toEqual({
      openSubtitlesPassword: "opensubtitles-account-refused",
    });
    expect(settingsOf(db, context.env).openSubtitlesApiKey).toBeNull();

    const quota = { remaining: 20, allowed: 20, resetAt: expect.stringMatching(/T00:00:00/) };
    expect(await tryOpenSubtitlesAccount(context, form(whole))).toEqual(quota);
    expect(settingsOf(db, context.env).openSubtitlesApiKey).toBeNull();
    expect(await changeOpenSubtitles(context, form(whole))).toEqual(quota);
    expect(settingsOf(db, context.env)).toMatchObject(whole);

    // Empty secrets stay as they are; without a name there is no account, and no password.
    await changeOpenSubtitles(context, form({ openSubtitlesUsername: "" }));
    expect(settingsOf(db, context.env)).toMatchObject({
      openSubtitlesApiKey: apiKey,
      openSubtitlesUsername: null,
      openSubtitlesPassword: null,
    });
  });

  it("leaves alone what the environment sets", async () => {
    const context = contextOf({
      OPENSUBTITLES_API_URL: upstream.apiUrl,
      OPENSUBTITLES_API_KEY: apiKey,
      OPENSUBTITLES_PASSWORD: password,
    });
    const quota = await changeOpenSubtitles(context, form({ openSubtitlesUsername: username }));
    expect(quota?.remaining).toBe(20);
    await changeOpenSubtitles(context, form({ openSubtitlesUsername: "" }));
    expect(settingsOf(db, context.env).openSubtitlesPassword).toBe(password);
  });
});

describe("the connection to qBittorrent", () => {
  const form = (fields: z.input<typeof qbittorrentAccess>) => qbittorrentAccess.parse(fields);

  it("is tried where the form says, with the password given for it", async () => {
    const other = await startQbittorrent();
    try {
      const context = contextOf();
      const right = form({
        qbittorrentUrl: other.url,
        qbittorrentUsername: other.username,
        qbittorrentPassword: other.password,
        qbittorrentPathMap: "/downloads = /srv/downloads/\n",
      });
      const { version, savePath, freeBytes } = await tryQbittorrent(context, right);
      expect(version).toMatch(/^v?\d+\.\d+/);
      expect(savePath).toMatch(/^\//);
      expect(freeBytes).toBeGreaterThan(0);
      expect(settingsOf(db, context.env).qbittorrentUrl).toBeNull();

      const wrong = { ...right, qbittorrentPassword: "wrong" };
      expect(await refusal(changeQbittorrent(context, wrong))).toEqual({
        qbittorrentPassword: "qbittorrent-account-refused",
      });
      expect(settingsOf(db, context.env).qbittorrentUrl).toBeNull();

      expect(await changeQbittorrent(context, right)).toEqual({ needsRestart: true });
      expect(settingsOf(db, context.env)).toMatchObject({
        qbittorrentUrl: other.url,
        qbittorrentPassword: other.password,
        qbittorrentPathMap: [{ remote: "/downloads", local: "/srv/downloads" }],
      });
      // The saved password goes nowhere else, and stays where nothing else is said.
      const elsewhere = form({ qbittorrentUrl: "http://127.0.0.1:9" });
      expect(await refusal(tryQbittorrent(context, elsewhere))).toEqual({
        qbittorrentPassword: "password-for-new-address",
      });
      const same = form({ qbittorrentUrl: `${other.url}/`, qbittorrentPassword: "" });
      expect(await changeQbittorrent(context, same)).toEqual({ needsRestart: false });
    } finally {
      await other.stop();
    }
  });

  it("is refused where nothing answers, unless a person insists", async () => {
    const context = contextOf();
    const nothing = { qbittorrentUrl: "http://127.0.0.1:9", qbittorrentPassword: "x" };
    expect(await refusal(changeQbittorrent(context, form(nothing)))).toEqual({
      qbittorrentUrl: "qbittorrent-not-at-address",
    });
    await changeQbittorrent(context, form({ ...nothing, unchecked: "1" }));
    expect(settingsOf(db, context.env).qbittorrentUrl).toBe("http://127.0.0.1:9");
    // Back to Vigilio's own, whose name and password nobody chooses.
    expect(await changeQbittorrent(context, form({ qbittorrentUrl: "" }))).toEqual({
      needsRestart: true,
    });
    expect(settingsOf(db, context.env)).toMatchObject({
      qbittorrentUrl: null,
      qbittorrentPassword: null,
    });
  });

  it("is not overwritten where the environment has it", async () => {
    const context = contextOf({ QBITTORRENT_URL: "http://127.0.0.1:9" });
    saveSettings(db, { patch: { qbittorrentUsername: "me" }, env: context.env, now });
    const change = form({ qbittorrentUrl: "http://127.0.0.1:8", unchecked: "1" });
    expect(await refusal(changeQbittorrent(context, change))).toEqual({
      qbittorrentUrl: "setting-owned",
    });
  });
});

it.each([
  ["/a=/b,/c=/d", 2],
  ["", 0],
  ["/a", null],
  ["a=/b", null],
  ["/a=/b=/c", null],
])("paths are read as pairs: %s", (text, count) => {
  const parsed = qbittorrentAccess.safeParse({ qbittorrentPathMap: text });
  expect(parsed.success ? parsed.data.qbittorrentPathMap?.length : null).toBe(count);
});
