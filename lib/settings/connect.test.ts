import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { testDatabase } from "@/tests/support/database";
import { connect } from "./connect";
import { saveSettings } from "./mutations";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

it("qBittorrent is signed in to anew when its connection is saved again, even as it was", () => {
  const env = readEnv({}, "/nowhere");
  const save = (patch: object, minute: number) =>
    saveSettings(db, { patch: { ...patch }, env, now: new Date(2026, 2, 1, 10, minute) });
  const access = { qbittorrentUrl: "http://127.0.0.1:9", qbittorrentUsername: "ada" };
  save(access, 0);
  const first = connect(db, env).qbittorrent();
  save({ metadataLanguage: "tr" }, 1);
  expect(connect(db, env).qbittorrent()).toBe(first);
  save(access, 2);
  const second = connect(db, env).qbittorrent();
  expect(second).not.toBe(first);
  expect(connect(db, env).qbittorrent()).toBe(second);
});
