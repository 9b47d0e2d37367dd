import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as fileRoute from "@/app/api/v1/movies/[id]/files/[fileId]/route";
import * as filesRoute from "@/app/api/v1/movies/[id]/files/route";
import * as refreshOne from "@/app/api/v1/movies/[id]/subtitles/refresh/route";
import * as encodings from "@/app/api/v1/subtitles/[id]/encodings/route";
import * as subtitleRoute from "@/app/api/v1/subtitles/[id]/route";
import * as refreshMany from "@/app/api/v1/subtitles/refresh/route";
import * as candidates from "@/app/api/v1/versions/[id]/subtitle-candidates/route";
import * as upload from "@/app/api/v1/versions/[id]/subtitles/route";
import { downloads, jobs, subtitles } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { saveUnusableSubtitle } from "@/lib/subtitles/mutations";
import { makeMovie } from "./media/make";
import { addMovieRow, addPicture, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "the-token-of-the-environment-of-these-tests";
const srt = (words: string) => `1\n00:00:01,000 --> 00:00:02,000\n${words}\n`;

let dir: string;
let site: TestSite;
let movieId: string;
let version: ReturnType<typeof addVersionRow>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-subtitles-api-"));
  site = testSite({ VIGILIO_DATA_DIR: dir, VIGILIO_API_TOKEN: token });
  movieId = addMovieRow(site.db, { title: "The Long Lamp" });
  version = addVersionRow(site.db, { movieId, sourcePath: join(dir, "downloads", "film.mkv") });
});
afterEach(() => {
  site[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

interface Sent {
  params?: Record<string, string>;
  body?: BodyInit | object;
  query?: string;
  as?: string | null;
}

async function call(route: Route, { params = {}, body, query = "", as = token }: Sent = {}) {
  const isForm = body instanceof FormData;
  const headers: Record<string, string> = as === null ? {} : { authorization: `Bearer ${as}` };
  if (body !== undefined && !isForm) headers["content-type"] = "application/json";
  const sent = isForm ? body : body === undefined ? undefined : JSON.stringify(body);
  const answer = await route(
    new Request(`http://vigilio.test${route.spec.path}${query}`, {
      method: route.spec.method,
      headers,
      ...(sent === undefined ? {} : { body: sent }),
    }),
    { params: Promise.resolve(params) },
  );
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

function formOf(bytes: Uint8Array | string, fields: Record<string, string> = {}) {
  const form = new FormData();
  const content = typeof bytes === "string" ? bytes : new Uint8Array(bytes);
  form.set("file", new Blob([content]), "whatever.srt");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const add = (bytes: Uint8Array | string, fields?: Record<string, string>) =>
  call(upload.POST, { params: { id: version.id }, body: formOf(bytes, fields) });

const vttOf = (id: string) =>
  readFileSync(join(dir, "media", version.folder, "subtitles", `${id}.vtt`), "utf8");

describe("a subtitle of one's own", () => {
  it("is taken in any encoding, mended, and deleted with its file", async () => {
    // "Şişli" in windows-1254, which is none in UTF-8.
    const bytes = Buffer.from(srt("\xdei\xfeli"), "latin1");
    const added = await add(bytes, { language: "tr", label: "Mine", encoding: "windows-1254" });
    expect(added).toMatchObject({
      status: 201,
      data: { language: "tr", label: "Mine", source: "upload", encoding: "windows-1254" },
    });
    const { id } = added.data;
    expect(vttOf(id)).toContain("Şişli");

    const params = { id };
    const body = { offsetMs: -1500, speed: 1.25, label: null, encoding: "windows-1252" };
    expect(await call(subtitleRoute.PATCH, { params, body })).toMatchObject({
      status: 200,
      data: { id, offsetMs: -1500, speed: 1.25, label: null, encoding: "windows-1252" },
    });
    expect(vttOf(id)).toContain("Þiþli");

    expect((await call(subtitleRoute.DELETE, { params })).status).toBe(204);
    expect(existsSync(join(dir, "media", version.folder, "subtitles", `${id}.vtt`))).toBe(false);
    expect((await call(subtitleRoute.DELETE, { params })).status).toBe(404);
  });

  it("shows how it would read, and keeps what it is for", async () => {
    const words = "\xdei\xfeli'de ya\xf0mur ya\xf0\xfdyordu ve kimse yoktu.";
    const { id } = (await add(Buffer.from(srt(words), "latin1"), { language: "tr" })).data;
    const params = { id };
    const before = vttOf(id);
    const shown = await call(encodings.GET, { params, query: "?encoding=windows-1252" });
    expect(shown.status).toBe(200);
    const lines = Object.fromEntries(
      shown.data.items.map((item: { encoding: string; lines: string[] }) => [
        item.encoding,
        item.lines[0],
      ]),
    );
    expect(lines["windows-1254"]).toContain("Şişli'de yağmur yağıyordu");
    expect(lines["windows-1252"]).toContain("Þiþli'de yaðmur yaðýyordu");
    expect(vttOf(id)).toBe(before);
    const unknown = await call(encodings.GET, { params, query: "?encoding=martian" });
    expect(unknown.data.errors).toHaveProperty("encoding");
    expect((await call(encodings.GET, { params: { id: randomId() } })).status).toBe(404);
    expect((await call(encodings.GET, { params, as: null })).status).toBe(401);

    // A handful of letters could be anything; what a person says is certain.
    const isEncodingCertain = () =>
      call(subtitleRoute.PATCH, { params, body: {} }).then(({ data }) => data.isEncodingCertain);
    expect(await isEncodingCertain()).toBe(false);
    await call(subtitleRoute.PATCH, { params, body: { encoding: "windows-1254" } });
    expect(await isEncodingCertain()).toBe(true);

    const body = { forced: true, hearingImpaired: true };
    const changed = await call(subtitleRoute.PATCH, { params, body });
    expect(changed.data).toMatchObject({ ...body, cueCount: 1, machineTranslated: false });
  });

  it("counts pictures at the rate of the film that is there", async () => {
    const film = join(dir, "media", version.folder, `${version.fileName}.mp4`);
    mkdirSync(join(dir, "media", version.folder), { recursive: true });
    await makeMovie({ path: film, seconds: 1, framesPerSecond: 50, width: 160, height: 90 });
    const { id } = (await add("{50}{100}Fifty a second\n", { language: "en" })).data;
    expect(vttOf(id)).toContain("00:00:01.000 --> 00:00:02.000");
  });

  it("never replaces another", async () => {
    const first = await add(srt("One"), { language: "en" });
    const second = await add(srt("Two"), { language: "en" });
    expect(second.data.id).not.toBe(first.data.id);
    expect(site.db.select().from(subtitles).all()).toHaveLength(2);
  });

  it.each([
    ["a zip", Buffer.from("PK\x03\x04aaaaaaaaaaaaaaaa"), {}, "file"],
    ["nothing that is a subtitle", "Just a few words.", {}, "file"],
    ["an unknown encoding", srt("x"), { encoding: "martian" }, "encoding"],
    ["no language", srt("x"), { language: "Turkish" }, "language"],
  ])("is refused by field: %s", async (_, bytes, fields, field) => {
    const refused = await add(bytes, fields);
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.data.errors)).toEqual([field]);
    expect(site.db.select().from(subtitles).all()).toEqual([]);
  });

  it("needs a version that is there, a file, and an admin", async () => {
    const params = { id: version.id };
    const body = formOf(srt("x"));
    expect((await call(upload.POST, { params: { id: randomId() }, body })).status).toBe(404);
    expect((await call(upload.POST, { params, body: new FormData() })).status).toBe(422);
    expect((await call(upload.POST, { params, body, as: null })).status).toBe(401);
  });

  it("is not changed by names that nobody knows", async () => {
    const { id } = (await add(srt("x"), { language: "en" })).data;
    const refused = await call(subtitleRoute.PATCH, { params: { id }, body: { offset: 500 } });
    expect(refused.status).toBe(422);
    const far = await call(subtitleRoute.PATCH, { params: { id }, body: { offsetMs: 4_000_000 } });
    expect(far.data.errors).toHaveProperty("offsetMs");
    const still = await call(subtitleRoute.PATCH, { params: { id }, body: { speed: 0 } });
    expect(still.data.errors).toHaveProperty("speed");
  });
});

describe("looking again", () => {
  const openJobs = () => site.db.select().from(jobs).all();

  it("keeps what can be used, forgets what could not, and asks once", async () => {
    const kept = (await add(srt("x"), { language: "en" })).data.id;
    const facts = { versionId: version.id, language: "de", forced: false, hearingImpaired: false };
    saveUnusableSubtitle(site.db, {
      ...facts,
      source: "embedded",
      sourceKey: "3",
      label: null,
      reason: { code: "subtitle-bitmap" },
      now: new Date(),
    });
    const first = await call(refreshOne.POST, { params: { id: movieId } });
    const again = await call(refreshMany.POST, { body: { movieIds: [movieId, movieId] } });
    expect(first.status).toBe(202);
    expect(again.data).toEqual(first.data);
    expect(openJobs()).toMatchObject([
      { id: first.data.jobId, kind: "find-subtitles", payload: { versionId: version.id, movieId } },
    ]);
    expect(site.db.select().from(subtitles).all()).toMatchObject([{ id: kept }]);
  });

  it("asks the whole library for a language, where it is missing", async () => {
    const body = { language: "tr" };
    expect((await call(refreshMany.POST, { body })).data.jobIds).toHaveLength(1);
    await add(srt("Ne istiyorsun?"), { language: "tr" });
    site.db.delete(jobs).run();
    const none = await call(refreshMany.POST, { body });
    expect(none).toMatchObject({ status: 202, data: { jobId: null, jobIds: [] } });
    expect((await call(refreshMany.POST, { body: { language: "Turkish" } })).status).toBe(422);
  });

  it("goes on at once where it waited for tomorrow", async () => {
    await call(refreshOne.POST, { params: { id: movieId } });
    const tomorrow = new Date(Date.now() + 86_400_000);
    site.db.update(jobs).set({ status: "waiting", runAt: tomorrow }).run();
    await call(refreshOne.POST, { params: { id: movieId } });
    expect(openJobs()).toHaveLength(1);
    expect(openJobs()[0]?.runAt.getTime()).toBeLessThan(tomorrow.getTime());
  });

  it("is refused before there is a file, and for a movie that is not there", async () => {
    const early = addMovieRow(site.db, { title: "Early" });
    addVersionRow(site.db, { movieId: early, status: "downloading" });
    expect((await call(refreshOne.POST, { params: { id: early } })).status).toBe(409);
    expect((await call(refreshOne.POST, { params: { id: randomId() } })).status).toBe(404);
    const body = { movieIds: [movieId, randomId()] };
    expect((await call(refreshMany.POST, { body })).status).toBe(422);
    expect(openJobs()).toEqual([]);
  });
});

it("has no candidates without a key", async () => {
  const none = await call(candidates.GET, { params: { id: version.id }, query: "?language=en" });
  expect(none.status).toBe(409);
  expect(none.data.type).toBe("/problems/opensubtitles-no-key");
});

describe("files of a movie", () => {
  const list = async () => {
    const answer = await call(filesRoute.GET, { params: { id: movieId } });
    expect(answer.status).toBe(200);
    return answer.data.items as {
      id: string;
      relativePath: string;
      role: string;
      inUse: boolean;
      missing: boolean;
      sizeBytes: number | null;
    }[];
  };
  const remove = async (fileId: string) =>
    (await call(fileRoute.DELETE, { params: { id: movieId, fileId } })).status;

  function publish(): void {
    site.db.$client.prepare("update versions set published_at = 1").run();
    mkdirSync(join(dir, "media", version.folder), { recursive: true });
    writeFileSync(join(dir, "media", version.folder, `${version.fileName}.mp4`), "film");
    mkdirSync(join(dir, "downloads"), { recursive: true });
    writeFileSync(join(dir, "downloads", "film.mkv"), "original");
  }

  it("are listed with what they are for, without saying where the folders lie", async () => {
    publish();
    const { id } = (await add(srt("x"), { language: "en" })).data;
    writeFileSync(join(dir, "media", version.folder, "left.part"), "half");
    const posterId = addPicture(site.db);
    site.db.$client.prepare("update movies set poster_id = ?").run(posterId);
    const items = await list();
    expect(items.map(({ id: _, ...item }) => item)).toEqual([
      {
        relativePath: `media/${version.folder}/${version.fileName}.mp4`,
        ...{ role: "video", inUse: true, missing: false, sizeBytes: 4 },
      },
      {
        relativePath: `media/${version.folder}/subtitles/${id}.vtt`,
        ...{ role: "subtitle", inUse: true, missing: false, sizeBytes: expect.any(Number) },
      },
      {
        relativePath: "downloads/film.mkv",
        ...{ role: "original", inUse: false, missing: false, sizeBytes: 8 },
      },
      {
        relativePath: `media/${version.folder}/left.part`,
        ...{ role: "other", inUse: false, missing: false, sizeBytes: 4 },
      },
      ...[342, 185].map((width) => ({
        relativePath: `images/${posterId}/${width}.webp`,
        ...{ role: "image", inUse: true, missing: true, sizeBytes: null },
      })),
    ]);
    expect(JSON.stringify(items)).not.toContain(dir);
  });

  it("are deleted unless something uses them", async () => {
    publish();
    const subtitleId = (await add(srt("x"), { language: "en" })).data.id;
    const byRole = Object.fromEntries((await list()).map((file) => [file.role, file.id]));
    expect(await remove(byRole.video ?? "")).toBe(409);
    expect(await remove(byRole.original ?? "")).toBe(204);
    expect(existsSync(join(dir, "downloads", "film.mkv"))).toBe(false);
    expect(await remove(byRole.subtitle ?? "")).toBe(204);
    expect(site.db.select().from(subtitles).all()).toEqual([]);
    expect(subtitleId).toMatch(/^[0-9a-f]{16}$/);
    expect(await remove(randomId())).toBe(404);
    const other = addMovieRow(site.db, { title: "Other" });
    const params = { id: other, fileId: byRole.video ?? "" };
    expect((await call(fileRoute.DELETE, { params })).status).toBe(404);
  });

  it("stay while a torrent seeds them", async () => {
    publish();
    const id = randomId();
    site.db
      .insert(downloads)
      .values({
        ...{ id, movieId, versionId: version.id, tag: `vigilio-${id}`, name: "Film" },
        ...{ state: "seeding", clientHash: "a".repeat(40), savePath: join(dir, "downloads") },
        files: [{ index: 0, path: "film.mkv", sizeBytes: 8, role: "feature" }],
        addedAt: new Date(),
        updatedAt: new Date(),
      })
      .run();
    const original = (await list()).find(({ role }) => role === "original");
    expect(original).toMatchObject({ inUse: true, relativePath: "downloads/film.mkv" });
    expect(await remove(original?.id ?? "")).toBe(409);
    expect(existsSync(join(dir, "downloads", "film.mkv"))).toBe(true);
  });

  it("of a person's own folder, or behind a link, are theirs", async () => {
    publish();
    const own = mkdtempSync(join(tmpdir(), "vigilio-own-"));
    writeFileSync(join(own, "mine.mkv"), "mine");
    symlinkSync(own, join(dir, "downloads", "away"));
    for (const path of [join(own, "mine.mkv"), join(dir, "downloads", "away", "mine.mkv")]) {
      site.db.$client.prepare("update versions set source_path = ?").run(path);
      const original = (await list()).find(({ role }) => role === "original");
      expect(original?.missing).toBe(false);
      expect(await remove(original?.id ?? "")).toBe(409);
      expect(existsSync(join(own, "mine.mkv"))).toBe(true);
    }
    rmSync(own, { recursive: true });
  });
});
