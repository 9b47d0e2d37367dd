import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { movies, versions } from "@/db/schema";
import { type Env, readEnv } from "@/lib/env";
import { saveSubtitle, updateSubtitle } from "@/lib/subtitles/mutations";
import { testDatabase } from "@/tests/support/database";
import { GET } from "./route";

const now = new Date("2026-03-01T10:00:00Z");
const token = "a-token-of-thirty-two-characters-or-more";
const holder = globalThis as { vigilioConnection?: unknown; vigilioEnv?: Env };

let db: ReturnType<typeof testDatabase>;
let dir: string;
let env: Env;
beforeEach(() => {
  db = testDatabase();
  dir = mkdtempSync(join(tmpdir(), "vigilio-route-"));
  env = readEnv({ VIGILIO_DATA_DIR: dir, VIGILIO_API_TOKEN: token }, dir);
  holder.vigilioConnection = db;
  holder.vigilioEnv = env;
  const dates = { addedAt: now, updatedAt: now, createdAt: now };
  db.insert(movies)
    .values({
      id: "m",
      title: "T",
      sortTitle: "t",
      status: "ready",
      metadataState: "complete",
      ...dates,
    })
    .run();
  db.insert(versions)
    .values({
      id: "v",
      movieId: "m",
      status: "ready",
      sourceKind: "import",
      folder: "f",
      fileName: "g",
      ...dates,
    })
    .run();
});
afterEach(() => {
  holder.vigilioConnection = undefined;
  holder.vigilioEnv = undefined;
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

function get(name: string, headers: Record<string, string> = {}, query = "") {
  return GET(new Request(`http://127.0.0.1/subtitles/${name}${query}`, { headers }), {
    params: Promise.resolve({ id: name }),
  });
}

it("sends WebVTT to who may see it, once, and says when nothing changed", async () => {
  const bytes = Buffer.from("1\n00:00:01,000 --> 00:00:02,000\nÉté\n");
  const given = { mediaDir: env.mediaDir, versionId: "v", bytes, language: "fr", now };
  const saved = await saveSubtitle(db, { ...given, source: "upload", sourceKey: "1" });
  const id = "id" in saved ? saved.id : "";
  const name = `${id}.vtt`;
  const authorization = `Bearer ${token}`;

  expect((await get(name)).status).toBe(401);
  expect((await get(name, { authorization: "Bearer wrong" })).status).toBe(401);
  expect((await get("0000000000000000.vtt", { authorization })).status).toBe(404);
  expect((await get(id, { authorization })).status).toBe(404);

  const answer = await get(name, { authorization });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/vtt; charset=utf-8");
  expect(await answer.text()).toBe("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nÉté\n");

  const etag = answer.headers.get("etag") ?? "";
  const again = { authorization, "if-none-match": etag };
  expect((await get(name, again)).status).toBe(304);
  await updateSubtitle(db, { id, mediaDir: env.mediaDir, changes: { offsetMs: 500 }, now });
  const moved = await get(name, again);
  expect(moved.status).toBe(200);
  expect(await moved.text()).toContain("00:00:01.500 --> 00:00:02.500");

  await updateSubtitle(db, { id, mediaDir: env.mediaDir, changes: { speed: 0.8 }, now });
  const slower = await get(name, { authorization });
  expect(await slower.text()).toContain("00:00:01.750 --> 00:00:03.000");
  const own = await get(name, { authorization }, "?timing=own");
  expect(await own.text()).toContain("00:00:01.000 --> 00:00:02.000");
  expect(own.headers.get("etag")).toBe(etag);
});
