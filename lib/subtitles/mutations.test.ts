import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movies, subtitles, versions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/tests/support/database";
import { downloadedSubtitle, subtitleById, subtitleFileForServing, subtitlesOf } from "./data";
import {
  deleteSubtitle,
  type NewSubtitle,
  saveDownloadedSubtitle,
  saveSubtitle,
  saveUnusableSubtitle,
  updateSubtitle,
} from "./mutations";
import { servedSubtitle, subtitlePath } from "./stored-file";

const now = new Date("2026-03-01T10:00:00Z");
const folder = "00000000000000aa";
const srt =
  "1\n00:00:01,000 --> 00:00:02,000\nŞimdi değil, yarın konuşuruz.\n\n2\n00:00:05,000 --> 00:00:06,000\nNeden?\n";

let db: ReturnType<typeof testDatabase>;
let mediaDir: string;
beforeEach(() => {
  db = testDatabase();
  mediaDir = mkdtempSync(join(tmpdir(), "vigilio-media-"));
  db.insert(movies)
    .values({
      id: "m",
      title: "T",
      sortTitle: "t",
      status: "ready",
      metadataState: "complete",
      addedAt: now,
      updatedAt: now,
    })
    .run();
  db.insert(versions)
    .values({
      id: "v",
      movieId: "m",
      status: "ready",
      sourceKind: "torrent",
      folder,
      fileName: "00000000000000bb",
      createdAt: now,
      updatedAt: now,
    })
    .run();
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(mediaDir, { recursive: true, force: true });
});

function given(more: Partial<NewSubtitle> = {}): NewSubtitle {
  return {
    mediaDir,
    versionId: "v",
    bytes: iconv.encode(srt, "windows-1254"),
    language: "tr",
    source: "upload",
    sourceKey: "1",
    now,
    ...more,
  };
}

async function saved(more: Partial<NewSubtitle> = {}): Promise<string> {
  const result = await saveSubtitle(db, given(more));
  if ("reason" in result) throw new Error(result.reason.code);
  return result.id;
}

async function served(id: string) {
  const subtitle = subtitleFileForServing(db, id);
  return subtitle ? servedSubtitle(db, subtitle, mediaDir) : null;
}

describe("saving", () => {
  it("stores clean WebVTT under a name that tells nothing, and the bytes as they came", async () => {
    const id = await saved();
    expect(readdirSync(join(mediaDir, folder, "subtitles"))).toEqual([`${id}.vtt`]);
    expect(readFileSync(subtitlePath(mediaDir, folder, id), "utf8")).toBe(
      "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nŞimdi değil, yarın konuşuruz.\n\n00:00:05.000 --> 00:00:06.000\nNeden?\n",
    );
    const row = subtitleById(db, id);
    expect(row).toMatchObject({
      language: "tr",
      encoding: "windows-1254",
      cueCount: 2,
      reason: null,
    });
    expect(row?.original).toEqual(iconv.encode(srt, "windows-1254"));
  });

  it("replaces what the same source gave before, under the same address", async () => {
    const id = await saved();
    const again = await saved({ bytes: Buffer.from(srt.replace("Neden?", "Nasıl?")) });
    expect(again).toBe(id);
    expect((await served(id))?.body).toContain("Nasıl?");
    expect(subtitlesOf(db, "v")).toHaveLength(1);
  });

  it("stores nothing of what is no subtitle", async () => {
    const result = await saveSubtitle(db, given({ bytes: Buffer.from("<html>503</html>") }));
    expect(result).toEqual({ reason: { code: "subtitle-is-web-page" } });
    expect(existsSync(join(mediaDir, folder))).toBe(false);
    expect(subtitlesOf(db, "v")).toEqual([]);
  });

  it("turns a listed one that could not be used into one that can", async () => {
    const listed = { versionId: "v", source: "upload" as const, sourceKey: "1", label: null, now };
    saveUnusableSubtitle(db, {
      ...listed,
      language: null,
      forced: false,
      hearingImpaired: false,
      reason: { code: "subtitle-bitmap" },
    });
    const [row] = subtitlesOf(db, "v");
    expect(row).toMatchObject({ language: "und", reason: { code: "subtitle-bitmap" } });
    expect(subtitleFileForServing(db, row?.id ?? "")).toBeUndefined();
    expect(await saved()).toBe(row?.id);
    expect(subtitlesOf(db, "v")[0]?.reason).toBeNull();
  });

  it("refuses an unknown encoding and a version that is gone", async () => {
    await expect(saveSubtitle(db, given({ encoding: "klingon" }))).rejects.toMatchObject({
      status: 422,
    });
    await expect(saveSubtitle(db, given({ versionId: "x" }))).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe("serving", () => {
  it("applies the delay, and the tag tells the two apart", async () => {
    const id = await saved();
    const before = await served(id);
    await updateSubtitle(db, { id, mediaDir, changes: { offsetMs: -1500 }, now });
    const after = await served(id);
    expect(after?.body).toContain("00:00:00.000 --> 00:00:00.500\nŞimdi");
    expect(after?.body).toContain("00:00:03.500 --> 00:00:04.500\nNeden?");
    expect(after?.etag).not.toBe(before?.etag);
    expect(readFileSync(subtitlePath(mediaDir, folder, id), "utf8")).toBe(before?.body);
  });

  it("applies the speed before the delay, and keeps the file as it is", async () => {
    const id = await saved();
    const before = await served(id);
    const changes = { speed: 1.25, offsetMs: 200 };
    await updateSubtitle(db, { id, mediaDir, changes, now });
    const after = await served(id);
    expect(after?.body).toContain("00:00:01.000 --> 00:00:01.800\nŞimdi");
    expect(after?.body).toContain("00:00:04.200 --> 00:00:05.000\nNeden?");
    expect(after?.etag).not.toBe(before?.etag);
    expect(readFileSync(subtitlePath(mediaDir, folder, id), "utf8")).toBe(before?.body);
  });

  it("makes the file again when somebody removed it", async () => {
    const id = await saved();
    const before = await served(id);
    rmSync(join(mediaDir, folder), { recursive: true });
    expect(await served(id)).toEqual(before);
    expect(existsSync(subtitlePath(mediaDir, folder, id))).toBe(true);
  });

  it("gives nothing of a movie in the bin", async () => {
    const id = await saved();
    db.update(movies).set({ binnedAt: now }).run();
    expect(await served(id)).toBeNull();
  });
});

describe("mending", () => {
  it("reads the bytes anew in another encoding", async () => {
    const id = await saved({ encoding: "windows-1252" });
    expect((await served(id))?.body).toContain("Þimdi deðil");
    await updateSubtitle(db, { id, mediaDir, changes: { encoding: "windows-1254" }, now });
    expect((await served(id))?.body).toContain("Şimdi değil");
    expect(subtitleById(db, id)?.encoding).toBe("windows-1254");
  });

  it("refuses an encoding in which there is no subtitle, and leaves the row", async () => {
    const id = await saved();
    const changes = { encoding: "utf-16le", label: "x" };
    await expect(updateSubtitle(db, { id, mediaDir, changes, now })).rejects.toBeInstanceOf(
      AppError,
    );
    expect(subtitleById(db, id)).toMatchObject({ encoding: "windows-1254", label: null });
    expect((await served(id))?.body).toContain("Şimdi değil");
  });

  it("changes label and language, and nothing that was not said", async () => {
    const id = await saved();
    await updateSubtitle(db, { id, mediaDir, changes: { label: "Mine", language: "az" }, now });
    expect(subtitleById(db, id)).toMatchObject({
      label: "Mine",
      language: "az",
      offsetMs: 0,
      encoding: "windows-1254",
    });
  });
});

describe("removing", () => {
  it("takes row and file", async () => {
    const id = await saved();
    await deleteSubtitle(db, { id, mediaDir, now });
    expect(db.select().from(subtitles).all()).toEqual([]);
    expect(existsSync(subtitlePath(mediaDir, folder, id))).toBe(false);
    await expect(deleteSubtitle(db, { id, mediaDir, now })).rejects.toMatchObject({ status: 404 });
  });
});

it("keeps what was downloaded once", () => {
  saveDownloadedSubtitle(db, { fileId: 5, content: Buffer.from("a"), now });
  saveDownloadedSubtitle(db, { fileId: 5, content: Buffer.from("b"), now });
  expect(downloadedSubtitle(db, 5)?.toString()).toBe("a");
  expect(downloadedSubtitle(db, 6)).toBeUndefined();
});
