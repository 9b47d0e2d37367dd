import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, jobs, movies, versions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/tests/support/database";
import { completeDownload, failDownload } from "../downloads/mutations";
import { savePublished } from "../versions/mutations";
import { type Acquisition, addMovie } from "./mutations";
import { deleteMovie, deleteVersion } from "./remove";
import { statusFrom } from "./status";

let db: ReturnType<typeof testDatabase>;
const now = new Date("2026-01-01T00:00:00Z");

beforeEach(() => {
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
});

const torrent = (digit: string): Acquisition => ({
  kind: "torrent",
  magnet: `magnet:?xt=urn:btih:${digit.repeat(40)}`,
  torrentFile: null,
  infoHashV1: digit.repeat(40),
  infoHashV2: null,
  name: "The.Long.Lamp.2019.1080p",
  sizeBytes: null,
});
const identity = { imdbId: "tt7000001", title: "The Long Lamp" };
const add = (digit: string, who = identity) =>
  addMovie(db, { identity: who, acquisition: torrent(digit), addedBy: null, now });

const published = {
  width: 1920,
  height: 1080,
  durationSeconds: 10,
  sizeBytes: 1,
  container: "mp4",
  videoCodec: "h264",
  codecs: null,
  chapters: [],
  audioTracks: [],
};

describe("adding", () => {
  it("makes the movie, its version, its download and their jobs together", () => {
    const added = add("a");
    expect(db.select().from(movies).all()).toMatchObject([
      { id: added.movieId, status: "downloading", metadataState: "pending" },
    ]);
    const kinds = db
      .select()
      .from(jobs)
      .all()
      .map((job) => job.kind);
    expect(kinds.sort()).toEqual(["fetch-metadata", "start-download"]);
  });

  it("refuses a torrent that is there, naming its movie, and changes nothing", () => {
    const first = add("a");
    const before = db.select().from(jobs).all().length;
    const again = () => add("a", { imdbId: "tt7000002", title: "Another" });
    expect(again).toThrow(AppError);
    try {
      again();
    } catch (error) {
      expect(error).toMatchObject({ status: 409, members: { movieId: first.movieId } });
    }
    expect(db.select().from(movies).all()).toHaveLength(1);
    expect(db.select().from(jobs).all()).toHaveLength(before);
  });

  it("makes a second version of a movie that exists, not a second movie", () => {
    const first = add("a");
    const second = add("b");
    expect(second.movieId).toBe(first.movieId);
    expect(db.select().from(versions).all()).toHaveLength(2);
  });
});

describe("a movie's status", () => {
  it("follows its versions, the playable one first", () => {
    const state = (status: (typeof versions.$inferSelect)["status"]) => ({ status, reason: null });
    expect(statusFrom([], false).status).toBe("adding");
    expect(statusFrom([state("failed")], false).status).toBe("failed");
    expect(statusFrom([state("failed"), state("downloading")], false).status).toBe("downloading");
    expect(statusFrom([state("downloading"), state("processing")], false).status).toBe(
      "processing",
    );
    expect(statusFrom([state("processing"), state("ready")], true).status).toBe("ready");
    expect(statusFrom([state("downloading")], true).status).toBe("deciding");
  });

  it("goes from downloading to ready, and stays there when the torrent goes", () => {
    const added = add("a");
    const status = () => db.select().from(movies).get();
    const download = db.select().from(downloads).get();
    if (!download) throw new Error("no download");
    completeDownload(db, download, now);
    expect(status()?.status).toBe("processing");
    expect(
      db
        .select()
        .from(jobs)
        .all()
        .map((job) => job.kind),
    ).toContain("import");
    savePublished(db, { id: added.versionId, movieId: added.movieId }, published, now);
    expect(status()?.status).toBe("ready");
    failDownload(db, download, { code: "torrent-gone" }, now);
    expect(status()?.status).toBe("ready");
  });

  it("fails with its only download, in words", () => {
    add("a");
    const download = db.select().from(downloads).get();
    if (!download) throw new Error("no download");
    failDownload(db, download, { code: "torrent-gone" }, now);
    expect(db.select().from(movies).get()).toMatchObject({
      status: "failed",
      reason: { code: "torrent-gone" },
    });
  });
});

describe("deleting", () => {
  it("takes every row of a movie and leaves the files to one job", () => {
    const added = add("a");
    const { jobId } = deleteMovie(db, added.movieId, now);
    expect(db.select().from(movies).all()).toEqual([]);
    expect(db.select().from(versions).all()).toEqual([]);
    const left = db.select().from(jobs).all();
    expect(left.map((job) => [job.id, job.kind])).toEqual([[jobId, "remove-leftovers"]]);
    expect(left[0]?.payload).toMatchObject({
      downloads: [{ tag: `vigilio-${added.downloadId}` }],
    });
    add("a");
  });

  it("takes one version and keeps the movie", () => {
    const first = add("a");
    const second = add("b");
    deleteVersion(db, second.versionId, now);
    expect(
      db
        .select()
        .from(versions)
        .all()
        .map((row) => row.id),
    ).toEqual([first.versionId]);
    expect(db.select().from(movies).all()).toHaveLength(1);
  });

  it("says when there is nothing to delete", () => {
    expect(() => deleteMovie(db, "none", now)).toThrow("movie-unknown");
    expect(() => deleteVersion(db, "none", now)).toThrow("version-unknown");
  });
});
