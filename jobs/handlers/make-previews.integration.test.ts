import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { versions } from "@/db/schema";
import { readEnv } from "@/lib/env";
import { reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { connect } from "@/lib/settings/connect";
import { movieFiles } from "@/lib/versions/files";
import { type PreviewCue, readPreviewTrack } from "@/lib/versions/preview-track";
import { requestMissingPreviews } from "@/lib/versions/previews";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { follow } from "../pipeline";
import { makePreviews } from "./make-previews";

let dir: string;
let db: ReturnType<typeof testDatabase>;
let env: ReturnType<typeof readEnv>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-previews-"));
  db = testDatabase();
  env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

const now = new Date("2026-03-01T10:00:00Z");
const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";

/** A published version whose picture gets brighter by 2 each second: its grey tells the time. */
async function published(
  film: { seconds: number; size?: string; sar?: string; keySeconds?: number } = { seconds: 60 },
) {
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const version = addVersionRow(db, { movieId, publishedAt: now });
  const path = join(env.mediaDir, version.folder, `${version.fileName}.mp4`);
  mkdirSync(dirname(path), { recursive: true });
  const { seconds, size = "320x180", sar = "1", keySeconds = 1 } = film;
  await runFfmpeg({
    ffmpegPath,
    args: [
      ...["-f", "lavfi", "-i", `color=size=${size}:rate=5:duration=${seconds}`],
      ...["-f", "lavfi", "-i", `sine=duration=${seconds}`],
      ...["-vf", `geq=lum='16+2*floor(T)':cb=128:cr=128,setsar=${sar}`, "-c:v", "libx264"],
      ...["-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", String(5 * keySeconds)],
      ...["-c:a", "aac", "-movflags", "+faststart", path],
    ],
    timeoutMs: 60_000,
  });
  return { version, path };
}

function run(version: { id: string; movieId: string }, signal = new AbortController().signal) {
  return makePreviews(
    {
      ...{ db, env, services: connect(db, env), now: () => now, log: logFor("test") },
      ...{ signal, progress: () => {} },
    },
    { versionId: version.id, movieId: version.movieId },
  );
}

const rowOf = (id: string) =>
  db
    .select()
    .from(versions)
    .all()
    .find((row) => row.id === id);

/** The set that the row names: where it lies, and what its track says. */
function setOf(version: { id: string; folder: string }) {
  const row = rowOf(version.id);
  const folder = join(env.mediaDir, version.folder, "preview", row?.previewSet ?? "none");
  const track = readFileSync(join(folder, "track.vtt"), "utf8");
  return { folder, cues: readPreviewTrack(track, "http://x/preview.vtt") };
}

/** The second of the film that a picture shows, by its grey (limited range: 16 to 235). */
async function secondShown(folder: string, cue: PreviewCue): Promise<number> {
  const { x, y, width, height } = cue;
  const sheet = join(folder, cue.sheet.split("/").pop() ?? "");
  const cut = { left: x + 2, top: y + 2, width: width - 4, height: height - 4 };
  const { channels } = await sharp(await sharp(sheet).extract(cut).png().toBuffer()).stats();
  const grey = channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
  return ((grey / 255) * 219) / 2;
}

describe("pictures for the seek bar", () => {
  it("show the film at their moments, on sheets that are named by what is in them", async () => {
    const { version } = await published({ seconds: 60 });
    expect(await run(version)).toEqual({ kind: "done" });
    const { folder, cues } = setOf(version);
    expect(cues).toHaveLength(30);
    expect(cues[0]).toMatchObject({ width: 284, height: 160 });
    for (const [at, cue] of cues.entries()) {
      expect(Math.abs((await secondShown(folder, cue)) - at * 2)).toBeLessThan(1.6);
    }
    const sheets = readdirSync(folder).filter((name) => name.endsWith(".jpg"));
    expect(sheets).toHaveLength(2);
    for (const name of sheets) {
      const hash = createHash("sha256").update(readFileSync(join(folder, name)));
      expect(name).toBe(`${hash.digest("hex").slice(0, 16)}.jpg`);
    }
    expect(rowOf(version.id)?.previewTriedAt).toEqual(now);
  });

  it("repeat what is nearest where key frames lie far apart", async () => {
    const { version } = await published({ seconds: 20, keySeconds: 12 });
    await run(version);
    const { folder, cues } = setOf(version);
    expect(cues).toHaveLength(10);
    expect(await secondShown(folder, cues[3] as PreviewCue)).toBeLessThan(1);
    expect(await secondShown(folder, cues[9] as PreviewCue)).toBeGreaterThan(11);
  });

  it("are there for a film with a single key frame, which all of them show", async () => {
    const { version } = await published({ seconds: 6, keySeconds: 100 });
    await run(version);
    const { folder, cues } = setOf(version);
    expect(cues).toHaveLength(3);
    for (const cue of cues) expect(await secondShown(folder, cue)).toBeLessThan(1);
  });

  it("have the shape that the film is seen in, also where its pixels are no squares", async () => {
    const { version } = await published({ seconds: 4, size: "360x288", sar: "64/45" });
    await run(version);
    expect(setOf(version).cues[0]).toMatchObject({ width: 284, height: 160 });
  });

  it("belong to the movie's files, and are not to be deleted one by one", async () => {
    const { version } = await published({ seconds: 4 });
    await run(version);
    const folders = { ...env, mediaDir: env.mediaDir };
    const files = await movieFiles(db, { movieId: version.movieId, folders });
    const pictures = files.filter(({ role }) => role === "image");
    expect(pictures).toHaveLength(2);
    expect(pictures.every(({ inUse, missing }) => inUse && !missing)).toBe(true);
    expect(files.filter(({ role }) => role === "other")).toEqual([]);
  });

  it("take the place of those that were there", async () => {
    const { version } = await published({ seconds: 4 });
    await run(version);
    const before = setOf(version).folder;
    await run(version);
    const { folder } = setOf(version);
    expect(folder).not.toBe(before);
    expect(existsSync(before)).toBe(false);
  });
});

describe("a film without pictures for the seek bar", () => {
  const previewFolders = (version: { folder: string }) => {
    const place = join(env.mediaDir, version.folder, "preview");
    return existsSync(place) ? readdirSync(place) : [];
  };

  it("stays ready when they can't be drawn, and is not tried again by itself", async () => {
    const { version, path } = await published({ seconds: 4 });
    writeFileSync(path, Buffer.alloc(100_000, 7));
    await expect(run(version)).rejects.toThrow("media-unreadable");
    expect(previewFolders(version)).toEqual([]);
    const payload = { versionId: version.id, movieId: version.movieId };
    const result = { succeeded: false as const, reason: reason("media-unreadable") };
    follow(db, "make-previews", payload, result, now);
    expect(rowOf(version.id)).toMatchObject({ status: "ready", reason: null, previewSet: null });
    expect(requestMissingPreviews(db, now)).toBe(false);
  });

  it("says nothing when its file is gone: others say it", async () => {
    const { version, path } = await published({ seconds: 4 });
    rmSync(path);
    expect(await run(version)).toEqual({ kind: "done" });
    expect(rowOf(version.id)).toMatchObject({ previewSet: null, previewTriedAt: now });
  });

  it("keeps nothing half-drawn when it is stopped", async () => {
    const { version } = await published({ seconds: 60 });
    const stop = new AbortController();
    const running = run(version, stop.signal);
    while (!previewFolders(version).some((name) => name.endsWith(".part"))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    expect(previewFolders(version)).toEqual([]);
    expect(rowOf(version.id)).toMatchObject({ previewSet: null, previewTriedAt: null });
  });
});
