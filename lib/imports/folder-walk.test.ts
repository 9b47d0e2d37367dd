import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { walkFolder, walkLimits } from "./folder-walk";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "vigilio-walk-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content = "x"): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

const pathsOf = async (...given: Parameters<typeof walkFolder>) =>
  (await walkFolder(...given)).files.map(({ path }) => path);

describe("a walk through a folder", () => {
  it("finds videos and subtitles, folder by folder, by name", async () => {
    for (const path of ["b.mkv", "A (1999)/a.mp4", "A (1999)/a.en.srt", "notes.txt", "cover.jpg"]) {
      put(path);
    }
    const walked = await walkFolder(root);
    expect(walked.files.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      "video b.mkv",
      "subtitle A (1999)/a.en.srt",
      "video A (1999)/a.mp4",
    ]);
    expect(walked).toMatchObject({ foldersSeen: 2, filesSeen: 5, cutBy: null });
  });

  it("tells the same file under two names", async () => {
    linkSync(put("a.mkv"), join(root, "b.mkv"));
    const { files } = await walkFolder(root);
    expect(new Set(files.map(({ identity }) => identity)).size).toBe(1);
    expect(files[0]).toMatchObject({ sizeBytes: 1 });
  });

  it("follows no symbolic link, out of the folder or inside it", async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "vigilio-outside-")));
    writeFileSync(join(outside, "secret.mkv"), "x");
    put("a/own.mkv");
    symlinkSync(outside, join(root, "shortcut"));
    symlinkSync(join(outside, "secret.mkv"), join(root, "film.mkv"));
    symlinkSync(root, join(root, "a", "circle"));
    const walked = await walkFolder(root);
    expect(walked.files.map(({ path }) => path)).toEqual(["a/own.mkv"]);
    expect(walked.links).toBe(3);
    rmSync(outside, { recursive: true });
  });

  it("leaves out what is hidden, incomplete, a disc, or a NAS system's own", async () => {
    for (const path of [".hidden.mkv", ".cache/a.mkv", "@eaDir/a.mkv", "lost+found/a.mkv"]) {
      put(path);
    }
    for (const path of ["a.mkv.part", "b.mkv.!qB", "c.mkv", "c.mkv.aria2", "d.mp4.crdownload"]) {
      put(path);
    }
    for (const path of ["DVD/VIDEO_TS/VTS_01_1.VOB", "Ray/BDMV/STREAM/0.m2ts", "e.iso"]) put(path);
    put("...And So On (1979).mkv");
    const walked = await walkFolder(root);
    expect(walked.files.map(({ path }) => path)).toEqual(["...And So On (1979).mkv"]);
    expect(walked).toMatchObject({ incomplete: 4, discs: 3 });
  });

  it("leaves out folders that it is told of", async () => {
    put("vigilio/media/a.mkv");
    put("films/b.mkv");
    expect(await pathsOf(root, { without: [join(root, "vigilio")] })).toEqual(["films/b.mkv"]);
  });

  it("goes on past a folder that can't be read", async () => {
    put("closed/a.mkv");
    put("open/b.mkv");
    chmodSync(root, 0o755);
    chmodSync(join(root, "closed"), 0);
    // Root may read everything: it steps back for a moment.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      const walked = await walkFolder(root);
      expect(walked.files.map(({ path }) => path)).toEqual(["open/b.mkv"]);
      expect(walked.unreadable).toBe(1);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(join(root, "closed"), 0o700);
    }
  });

  it("ends with an error where the folder itself is not there", async () => {
    await expect(walkFolder(join(root, "nowhere"))).rejects.toThrow("ENOENT");
  });

  it("has an end: by depth, by number and by time", async () => {
    put("a/b/c/deep.mkv");
    for (let at = 0; at < 10; at += 1) put(`film ${at}.mkv`);
    const shallow = await walkFolder(root, { limits: { ...walkLimits, depth: 2 } });
    expect(shallow).toMatchObject({ cutBy: "depth", foldersSeen: 3 });
    expect(shallow.files).toHaveLength(10);
    const few = await walkFolder(root, { limits: { ...walkLimits, videos: 4 } });
    expect(few.cutBy).toBe("files");
    expect(few.files).toHaveLength(4);
    let at = 0;
    const nowMs = () => (at += 1000);
    const short = await walkFolder(root, { limits: { ...walkLimits, timeMs: 1500 }, nowMs });
    expect(short).toMatchObject({ cutBy: "time", foldersSeen: 1 });
  });

  it("ends when it is told to", async () => {
    put("a.mkv");
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(walkFolder(root, { signal: abort.signal })).rejects.toThrow("enough");
  });

  it("is through with 5,000 films soon, and says how far it is", async () => {
    for (let at = 0; at < 5000; at += 1) put(`${at % 250}/film ${at}.mkv`);
    const shares: number[] = [];
    const walked = await walkFolder(root, {
      onFolder: ({ foldersSeen, foldersKnown }) => shares.push(foldersSeen / foldersKnown),
    });
    expect(walked.files).toHaveLength(5000);
    expect(walked).toMatchObject({ foldersSeen: 251, filesSeen: 5000 });
    expect(shares.at(-1)).toBe(1);
  });
});
