import { afterEach, beforeEach, expect, it } from "vitest";
import { jobs } from "@/db/schema";
import { claim } from "@/lib/queue/claim";
import { succeed } from "@/lib/queue/finish";
import { jobKinds } from "@/lib/queue/names";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import { versionsOf } from "./data";
import { requestMissingPreviews, savePreviews, savePreviewsTried } from "./previews";

const now = libraryStart;
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const asked = () => db.select().from(jobs).all();

it("asks for what an old library lacks, one film at a time and each once", () => {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const ids = [1, 2].map(() => addVersionRow(db, { movieId, publishedAt: now }).id);
  addVersionRow(db, { movieId, publishedAt: now, previewTriedAt: now });
  addVersionRow(db, { movieId, status: "processing", publishedAt: now });
  const binned = addMovieRow(db, { title: "Gone", binnedAt: now });
  addVersionRow(db, { movieId: binned, publishedAt: now });

  const seen = new Set<string>();
  for (const _ of ids) {
    expect(requestMissingPreviews(db, now)).toBe(true);
    expect(requestMissingPreviews(db, now)).toBe(false);
    const job = claim(db, "cpu", "boot", now);
    if (!job) throw new Error("nothing was asked for");
    const { versionId } = jobKinds["make-previews"].payload.parse(job.payload);
    seen.add(versionId);
    savePreviewsTried(db, versionId, now);
    succeed(db, job, now);
  }
  expect(seen).toEqual(new Set(ids));
  expect(requestMissingPreviews(db, now)).toBe(false);
  expect(asked()).toHaveLength(2);
});

it("lets everything else that computes go first", () => {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  addVersionRow(db, { movieId, publishedAt: now });
  requestMissingPreviews(db, now);
  const [job] = asked();
  expect(job).toMatchObject({ kind: "make-previews", lane: "cpu", priority: 1 });
});

it("gives a version the address of its previews once they are there", () => {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const version = addVersionRow(db, { movieId, publishedAt: now });
  const urlNow = () => versionsOf(db, movieId, ({ code }) => code)[0]?.previewUrl;
  expect(urlNow()).toBeNull();
  savePreviews(db, version.id, "00112233445566ff", now);
  expect(urlNow()).toBe(`/media/${version.fileName}/preview.vtt`);
});
