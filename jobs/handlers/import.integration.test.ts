import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { versionById } from "@/lib/versions/mutations";
import { makeMovie } from "@/tests/media/make";
import { type JobStage, jobStage } from "@/tests/support/job-stage";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { importVersion } from "./import";

let stage: JobStage;
beforeEach(() => {
  stage = jobStage();
});
afterEach(() => stage[Symbol.dispose]());

/** A version that waits to be taken in: a torrent's feature at `featurePath` below its folder. */
function waiting(featurePath: string, savePath = join(stage.dir, "torrent")) {
  const movieId = addMovieRow(stage.db, { title: "The Lantern", status: "processing" });
  const version = addVersionRow(stage.db, { movieId, status: "queued", sourceKind: "torrent" });
  const files = [{ index: 0, path: featurePath, sizeBytes: 1, role: "feature" as const }];
  stage.download({ movieId, versionId: version.id, savePath, files });
  return version;
}
const run = (version: { id: string; movieId: string }) =>
  importVersion(stage.context, { versionId: version.id, movieId: version.movieId });
const failedWith = (code: string) => ({ kind: "failed", reason: { code } });

it("takes in a torrent's film: where it lies, how large it is, its hash and its plan", async () => {
  const path = stage.file("torrent/Film/film.mkv");
  await makeMovie({ path, seconds: 4, width: 320, height: 180, video: "h264" });
  const version = waiting("Film/film.mkv");
  expect(await run(version)).toEqual({ kind: "done" });
  expect(versionById(stage.db, version.id)).toMatchObject({
    sourcePath: path,
    movieHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    plan: { kind: "container" },
  });
});

describe("refuses in words, and writes nothing down", () => {
  const refused = async (version: ReturnType<typeof waiting>, code: string) => {
    expect(await run(version)).toMatchObject(failedWith(code));
    expect(versionById(stage.db, version.id)).toMatchObject({ sourcePath: null, plan: null });
  };

  it("a file that is not there", () => refused(waiting("film.mkv"), "original-missing"));

  it("an empty one", async () => {
    stage.file("torrent/film.mkv", "");
    await refused(waiting("film.mkv"), "original-empty");
  });

  it("a link, and a file behind a linked folder", async () => {
    const secret = stage.file("elsewhere/secret.mkv");
    mkdirSync(join(stage.dir, "torrent"));
    symlinkSync(secret, join(stage.dir, "torrent", "film.mkv"));
    await refused(waiting("film.mkv"), "original-not-a-file");
    symlinkSync(join(stage.dir, "elsewhere"), join(stage.dir, "torrent", "Film"));
    await refused(waiting("Film/secret.mkv"), "original-not-a-file");
  });

  it("a path that leaves the torrent's folder", async () => {
    stage.file("elsewhere/secret.mkv");
    await refused(waiting("../elsewhere/secret.mkv"), "original-unknown");
  });

  it("a download that never said where its film is", async () => {
    const movieId = addMovieRow(stage.db, { title: "The Lantern", status: "processing" });
    const version = addVersionRow(stage.db, { movieId, status: "queued" });
    await refused(version, "original-unknown");
  });
});
