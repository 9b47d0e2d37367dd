import { afterEach, beforeEach, expect, it } from "vitest";
import { downloads } from "@/db/schema";
import { type JobStage, jobStage } from "@/tests/support/job-stage";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { watchClosely } from "./watch-closely";

let stage: JobStage;
let looks: number;
/** What the looks find, one after the other; the last one stays. */
let found: Partial<typeof downloads.$inferInsert>[];
beforeEach(() => {
  stage = jobStage();
  looks = 0;
});
afterEach(() => stage[Symbol.dispose]());

async function look() {
  looks += 1;
  const state = found[Math.min(looks, found.length) - 1];
  if (state) stage.db.update(downloads).set(state).run();
}

const files = [{ index: 0, path: "film.mkv", sizeBytes: 1, role: "feature" as const }];
const addedAt = new Date(Date.now() - 60_000);
const loading = { state: "downloading", completedAt: null, files, addedAt } as const;

async function looksAt(...states: typeof found) {
  const movieId = addMovieRow(stage.db, { title: "The Lantern", status: "downloading" });
  const version = addVersionRow(stage.db, { movieId, status: "downloading" });
  stage.download({ movieId, versionId: version.id, savePath: stage.dir, files });
  found = states;
  await watchClosely(stage.context, look);
  return looks;
}

it("looks again and again while a download is about to end, and no longer than that", async () => {
  expect(
    await looksAt(
      { ...loading, etaSeconds: 3 },
      { ...loading, etaSeconds: 1 },
      { ...loading, completedAt: new Date() },
    ),
  ).toBe(3);
});

it("looks closely while nobody can say how far it is, but not for ever", async () => {
  expect(await looksAt({ ...loading, etaSeconds: null })).toBe(5);
});

it("looks closely at what was added just now: it may be there before the next tick", async () => {
  const isNew = { ...loading, state: "queued", files: null, addedAt: new Date() } as const;
  expect(await looksAt(isNew, isNew, { completedAt: new Date() })).toBe(3);
});

it("looks once while there is time, or nothing flows, or nothing was chosen", async () => {
  expect(await looksAt({ ...loading, etaSeconds: 3600 })).toBe(1);
  looks = 0;
  expect(await looksAt({ ...loading, state: "stalled", etaSeconds: null })).toBe(1);
  looks = 0;
  expect(await looksAt({ ...loading, files: null, etaSeconds: 3 })).toBe(1);
});
