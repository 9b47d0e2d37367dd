import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refuseByFirstBytes } from "./sniff";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigilio-sniff-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function refusalOf(content: string | Buffer): Promise<string | undefined> {
  const path = join(folder, "film.mkv");
  await writeFile(path, typeof content === "string" ? Buffer.from(content, "latin1") : content);
  return (await refuseByFirstBytes(path))?.code;
}

/** RAR 5, 1.2: behind the signature a header of type 4 says that all others are encrypted. */
const lockedRar = `Rar!\x1a\x07\x01\0\x21\x04\0\0\x01\x0f${"\x9a".repeat(400)}`;
const tar = `film.mkv${"\0".repeat(249)}ustar\0${"00".repeat(200)}`;

test.each([
  ["nothing", "", "media-empty"],
  ["zeros", "\0".repeat(5000), "media-blank"],
  ["a RAR with a password", lockedRar, "media-archive"],
  ["an old RAR", "Rar!\x1a\x07\0\xcf\x90", "media-archive"],
  ["a ZIP", `PK\x03\x04\x14\0${"\xff".repeat(99)}`, "media-archive"],
  ["an empty ZIP", `PK\x05\x06${"\0".repeat(18)}`, "media-archive"],
  ["a ZIP of many parts", "PK00PK\x03\x04", "media-archive"],
  ["a tar", tar, "media-archive"],
  ["a gzip bomb", `\x1f\x8b\x08${"\0".repeat(600)}`, "media-archive"],
  ["a cabinet", "MSCF\0\0\0\0", "media-archive"],
  ["a program", `MZ${"\x90".repeat(4000)}`, "media-program"],
  ["a program of macOS", "\xcf\xfa\xed\xfe\x07\0\0\x01", "media-program"],
  ["a shell script", "#!/bin/sh\nreboot\n", "media-program"],
  ["a batch file", "@echo off\r\nformat c:\r\n", "media-program"],
  ["a playlist", "#EXTM3U\n#EXTINF:10,\n/etc/passwd\n", "media-playlist"],
  ["a playlist behind a mark", "\xef\xbb\xbf#EXTM3U\n", "media-playlist"],
  ["an old playlist", "[playlist]\nFile1=/etc/passwd\n", "media-playlist"],
  ["a list of files", "ffconcat version 1.0\nfile /etc/passwd\n", "media-playlist"],
  ["an address alone", "https://films.example/a.mkv\n", "media-playlist"],
  ["a shortcut to an address", "[InternetShortcut]\r\nURL=file:///etc\r\n", "media-playlist"],
  ["a description of a session", "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", "media-playlist"],
  ["a manifest", '<?xml version="1.0"?><MPD></MPD>', "media-playlist"],
  ["a page", "\n <!DOCTYPE html><html>", "media-playlist"],
  ["a photo", "\xff\xd8\xff\xe0\0\x10JFIF", "media-picture"],
  ["a picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "media-picture"],
  ["a WebP", "RIFF\x10\0\0\0WEBPVP8 ", "media-picture"],
  ["an AVIF", "\0\0\0\x20ftypavif\0\0\0\0", "media-picture"],
  ["a HEIC", "\0\0\0\x20ftypheic\0\0\0\0", "media-picture"],
  ["SRT", "1\r\n00:00:01,000 --> 00:00:02,000\r\nGood evening.\r\n", "media-subtitle"],
  ["WebVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n", "media-subtitle"],
  ["ASS", "\xef\xbb\xbf[Script Info]\nTitle: a\n", "media-subtitle"],
  ["a letter", "Thank you for downloading.\nSee our other films.\n", "media-not-video"],
  ["a script in words", "import os\nos.remove('/')\n", "media-not-video"],
  ["a document", "%PDF-1.7\n\x80", "media-not-video"],
])("%s is refused", async (_, content, code) => {
  expect(await refusalOf(content)).toBe(code);
});

test("text in any language is text, also where a letter is cut at the end of what is read", async () => {
  for (const ahead of ["", "a", "ab"]) {
    expect(await refusalOf(Buffer.from(`${ahead}${"你好，再见。".repeat(90)}`))).toBe(
      "media-not-video",
    );
  }
});

test.each([
  ["Matroska", "\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01"],
  ["MP4", "\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"],
  ["QuickTime without a first box", "\0\0\x02\0moov\0\0\0\x6cmvhd"],
  ["AVI", "RIFF\x10\x20\0\0AVI LIST"],
  ["MPEG-TS", `G@\x11\x10\0${"\xff".repeat(183)}G`],
  ["uncompressed pictures", "YUV4MPEG2 W320 H180 F25:1\nFRAME\n"],
  ["NUT", "nut/multimedia container\0NM"],
  ["noise", "\x91\x07\xe3\0\x12\xff\x80\x81\x03"],
])("%s may be a film", async (_, content) => {
  expect(await refusalOf(content)).toBeUndefined();
});
