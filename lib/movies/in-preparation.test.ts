import { afterEach, beforeEach, expect, it } from "vitest";
import { jobs, type movies, subtitles } from "@/db/schema";
import { claim } from "@/lib/queue/claim";
import { enqueue } from "@/lib/queue/enqueue";
import { fail } from "@/lib/queue/finish";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, addVersionRow, libraryStart } from "@/tests/support/library";
import { listInPreparation } from "./in-preparation";
import { mendPlaceOf } from "./mend";
import { record } from "./timeline";

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const now = libraryStart;
const reader = { userId: "", say: ({ code }: { code: string }) => code };
const list = (wanted = ["en", "tr"], page = 1, pageSize = 20) =>
  listInPreparation(db, { page, pageSize }, wanted, reader);

function unready(title: string, row: Partial<typeof movies.$inferInsert> = {}, minutes = 0) {
  const addedAt = new Date(now.getTime() + minutes * 60_000);
  const movieId = addMovieRow(db, { title, status: "processing", addedAt, ...row });
  const { id: versionId } = addVersionRow(db, { movieId, status: "processing" });
  return { movieId, versionId };
}

it("lists what can't be watched yet: what waits for a person first, then the newest", () => {
  const ada = addPerson(db, "ada");
  addMovieRow(db, { title: "Ready" });
  addMovieRow(db, { title: "Gone", status: "failed", binnedAt: now });
  unready("Failed", { status: "failed", reason: { code: "media-disk-full" } }, 1);
  unready("Old", {}, 2);
  unready("New", { addedBy: ada }, 3);
  const { items, total } = list();
  expect(total).toBe(3);
  expect(items.map(({ movie }) => movie.title)).toEqual(["Failed", "New", "Old"]);
  expect(items.map(({ addedBy }) => addedBy)).toEqual([null, "ada", null]);
  expect(items.map(({ place }) => place)).toEqual(["room", null, null]);
  expect(list([], 2, 2).items.map(({ movie }) => movie.title)).toEqual(["Old"]);
});

it("tells of each language whether it is there, looked for, missing or still to come", () => {
  const { movieId, versionId } = unready("Film");
  const states = () => list().items[0]?.languages;
  expect(states()).toEqual([
    { language: "en", state: "later" },
    { language: "tr", state: "later" },
  ]);
  enqueue(db, "find-subtitles", { movieId, versionId }, { now });
  const row = {
    ...{ versionId, source: "embedded" as const, cueCount: 9, createdAt: now, updatedAt: now },
  };
  db.insert(subtitles)
    .values({ id: "1", language: "tr", sourceKey: "2", ...row })
    .run();
  db.insert(subtitles)
    .values({
      id: "2",
      language: "en",
      sourceKey: "3",
      reason: { code: "subtitle-bitmap" },
      ...row,
    })
    .run();
  db.insert(subtitles)
    .values({ id: "3", language: "fr", sourceKey: "4", ...row })
    .run();
  expect(states()).toEqual([
    { language: "en", state: "looking" },
    { language: "tr", state: "found" },
    { language: "fr", state: "found" },
  ]);
  db.delete(jobs).run();
  record(db, { movieId, versionId, stage: "subtitles", state: "done", at: now });
  expect(states()?.[0]).toEqual({ language: "en", state: "none" });
});

it("tells what went wrong beside the film, and where each is mended", () => {
  const { movieId, versionId } = unready("Film", {
    metadataState: "missing",
    metadataReason: { code: "tmdb-credentials" },
  });
  const jobId = enqueue(db, "find-subtitles", { movieId, versionId }, { now });
  const job = claim(db, "io", "boot", now);
  if (!job) throw new Error("nothing to claim");
  fail(db, job, { reason: { code: "opensubtitles-quota" }, mayRetry: false }, now);
  const [item] = list().items;
  expect(item?.troubles).toEqual([
    {
      about: "metadata",
      detail: "tmdb-credentials",
      isFailed: true,
      jobId: null,
      place: "metadata",
    },
    {
      about: "subtitles",
      detail: "opensubtitles-quota",
      isFailed: true,
      jobId,
      place: "subtitles",
    },
  ]);
  expect(item?.languages[0]?.state).toBe("failed");
});

it.each([
  ["qbittorrent-unreachable", "services"],
  ["torrent-error-disk-full", "room"],
  ["torrent-out-of-sight", "downloads"],
  ["ffmpeg-missing", "services"],
  ["torrent-no-seeds", null],
  [undefined, null],
])("%s is mended at %s", (code, place) => {
  expect(mendPlaceOf(code)).toBe(place);
});
