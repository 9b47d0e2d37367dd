import { describe, expect, it } from "vitest";
import { faultIn, toTorrent } from "./map";
import { toLocal, toRemote } from "./paths";
import { isAtLeast } from "./session";
import type { WireTorrent } from "./wire";

const hash = "A".repeat(40);
const wire: WireTorrent = {
  added_on: 1_795_390_096,
  availability: -1,
  amount_left: 0,
  category: "vigilio",
  completed: 100,
  content_path: "/d/film.mkv",
  dlspeed: 0,
  eta: 8_640_000,
  force_start: false,
  infohash_v1: "",
  infohash_v2: "",
  max_ratio: -1,
  max_seeding_time: -1,
  seeding_time: 0,
  last_activity: 0,
  name: "film",
  num_complete: -1,
  num_incomplete: -1,
  num_leechs: 0,
  num_seeds: 0,
  progress: 1,
  ratio: 0.5,
  save_path: "/d",
  seq_dl: false,
  size: 100,
  state: "stalledUP",
  tags: "",
  total_size: 200,
  upspeed: 0,
};
const torrent = (changes: Partial<WireTorrent>) => toTorrent(hash, { ...wire, ...changes });

describe("toTorrent", () => {
  it.each([
    ["metaDL", "metadata"],
    ["forcedMetaDL", "metadata"],
    ["checkingDL", "checking"],
    ["checkingUP", "checking"],
    ["checkingResumeData", "checking"],
    ["downloading", "downloading"],
    ["forcedDL", "downloading"],
    ["stalledDL", "stalled"],
    ["queuedDL", "queued"],
    ["pausedDL", "paused"],
    ["stoppedDL", "paused"],
    ["moving", "moving"],
    ["error", "failed"],
    ["missingFiles", "failed"],
    ["somethingNew", "other"],
  ])("%s is %s, and never complete", (state, ours) => {
    expect(torrent({ state })).toMatchObject({ state: ours, isComplete: false });
  });

  it.each([
    ["uploading", "seeding"],
    ["stalledUP", "seeding"],
    ["queuedUP", "seeding"],
    ["forcedUP", "seeding"],
    ["pausedUP", "paused"],
    ["stoppedUP", "paused"],
  ])("%s is %s and complete", (state, ours) => {
    expect(torrent({ state })).toMatchObject({ state: ours, isComplete: true });
  });

  it("does not take a magnet without metadata for done", () => {
    const magnet = { size: 0, total_size: -1, amount_left: 0, content_path: "" };
    expect(torrent({ ...magnet, state: "pausedUP" })).toMatchObject({
      isComplete: false,
      hasMetadata: false,
      sizeBytes: null,
      totalSizeBytes: null,
      contentPath: null,
    });
  });

  it.each([{ progress: 0.999 }, { amount_left: 1 }, { size: 0 }])(
    "is not complete with %o",
    (changes) => {
      expect(torrent(changes).isComplete).toBe(false);
    },
  );

  it("believes a path when it is absolute, a time when it is one", () => {
    expect(torrent({ content_path: "Film" }).contentPath).toBeNull();
    expect(torrent({ state: "downloading", eta: 8_640_000 }).etaSeconds).toBeNull();
    expect(torrent({ state: "downloading", eta: 43 }).etaSeconds).toBe(43);
    expect(torrent({ state: "stalledUP", eta: 43 }).etaSeconds).toBeNull();
  });

  it("reads tags, hashes and what failed", () => {
    expect(torrent({ tags: "a,  b, " }).tags).toEqual(["a", "b"]);
    expect(torrent({ tags: "" }).tags).toEqual([]);
    expect(torrent({ infohash_v1: "AB" })).toMatchObject({
      hash: hash.toLowerCase(),
      infoHashV1: "ab",
      infoHashV2: null,
    });
    expect(torrent({ state: "error" }).failure).toBe("error");
    expect(torrent({ state: "missingFiles" }).failure).toBe("missing-files");
    expect(torrent({}).failure).toBeNull();
  });
});

describe("faultIn", () => {
  const line = (name: string, reason: string) => ({
    id: 1,
    timestamp: 1,
    type: 4,
    message: `File error alert. Torrent: "${name}". File: "/d/a.mkv". Reason: "${name} file_open (/d/a.mkv) error: ${reason}"`,
  });

  it.each([
    ["No space left on device", "disk-full"],
    ["Permission denied", "not-permitted"],
    ["Read-only file system", "read-only"],
    ["Not a directory", "path-missing"],
    ["Input/output error", "disk-error"],
    ["Something else", "other"],
  ])("%s is %s", (words, kind) => {
    expect(faultIn([line("film", words)], "film")?.kind).toBe(kind);
  });

  it("takes the newest line of this torrent alone", () => {
    const log = [
      line("film", "Permission denied"),
      line("film", "No space left on device"),
      line("film 2", "Input/output error"),
    ];
    expect(faultIn(log, "film")?.kind).toBe("disk-full");
    expect(faultIn(log, "fil")).toBeNull();
  });
});

describe("paths of both sides", () => {
  const pairs = [
    { remote: "/downloads", local: "/data/downloads" },
    { remote: "/downloads/films", local: "/films" },
  ];
  it.each([
    ["/downloads", "/data/downloads"],
    ["/downloads/x/y", "/data/downloads/x/y"],
    ["/downloads/films/y", "/films/y"],
    ["/downloads-old/x", "/downloads-old/x"],
  ])("%s", (remote, local) => {
    expect(toLocal(remote, pairs)).toBe(local);
    expect(toRemote(local, pairs)).toBe(remote);
  });
});

it.each([
  ["2.11.0", "2.9.3", true],
  ["2.9.3", "2.11.0", false],
  ["2.11", "2.11.0", true],
  ["2.8.19", "2.8.19", true],
  ["3", "2.99.99", true],
])("version %s against %s", (a, b, expected) => {
  expect(isAtLeast(a, b)).toBe(expected);
});
