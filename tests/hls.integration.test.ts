import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gt } from "drizzle-orm";
import type { NextApiRequest, NextApiResponse } from "next";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { audioTracks, movies } from "@/db/schema";
import { signTicket } from "@/lib/auth/tickets";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { versionsOf } from "@/lib/versions/data";
import handler from "@/pages/api/media";
import { makeMovie } from "./media/make";
import { addMovieRow, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";

const token = "t".repeat(40);
const bearer = { authorization: `Bearer ${token}` };
const mediaDir = mkdtempSync(join(tmpdir(), "vigilio-hls-route-"));
const several = join(mediaDir, "several.mp4");
const single = join(mediaDir, "single.mp4");
const cut = join(mediaDir, "cut.mp4");

// The route as Next mounts it: behind the rewrite of /media/<name>/<part>, with the query parsed.
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://vigilio.test");
  const [, name = "", part = ""] = /^\/media\/([^/]*)\/([^/]*)$/.exec(url.pathname) ?? [];
  const query = { ...Object.fromEntries(url.searchParams), name, part: decodeURIComponent(part) };
  void handler(
    Object.assign(request, { query }) as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
  );
});
let origin = "";
let site: TestSite;
let name = "";
let movieId = "";

/** A version in the database with this file, and three sound tracks. */
function publish(source: string): string {
  const version = addVersionRow(site.db, { movieId, width: 320, height: 180 });
  mkdirSync(join(mediaDir, version.folder));
  copyFileSync(source, join(mediaDir, version.folder, `${version.fileName}.mp4`));
  const row = { versionId: version.id, channels: 2, codec: "aac" };
  const tracks = [
    { ...row, index: 0, language: "en", title: "Director", isDefault: true },
    { ...row, index: 1, language: "tr", title: null, isDefault: false },
    { ...row, index: 2, language: null, title: null, channels: 6, isDefault: false },
  ];
  site.db.insert(audioTracks).values(tracks).run();
  return version.fileName;
}

beforeAll(async () => {
  const tracks = [440, 660, 880].map((frequencyHz) => ({ codec: "aac" as const, frequencyHz }));
  const extra = ["-g", "100"];
  await makeMovie({ path: several, seconds: 9, audio: tracks, extra });
  await makeMovie({ path: single, seconds: 1 });
  await runFfmpeg({
    ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
    args: ["-ss", "1.5", "-i", several, "-map", "0", "-c", "copy", cut],
    timeoutMs: 60_000,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  site = testSite({ VIGILIO_MEDIA_DIR: mediaDir, VIGILIO_API_TOKEN: token });
  movieId = addMovieRow(site.db, { title: "Amélie" });
  name = publish(several);
});
afterEach(() => site[Symbol.dispose]());
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(mediaDir, { recursive: true });
});

const ask = (part: string, init: RequestInit = { headers: bearer }) =>
  fetch(`${origin}/media/${name}/${part}`, init);
const parts = ["master.m3u8", "video.m3u8", "audio-2.m3u8", "video.mp4", "audio-0.mp4"];

describe("/media/{name}/master.m3u8 and what it leads to", () => {
  it("is named by the version, and by no version with one sound track", () => {
    const [version] = versionsOf(site.db, movieId, () => "");
    expect(version?.hlsUrl).toBe(`/media/${name}/master.m3u8`);
    site.db.delete(audioTracks).where(gt(audioTracks.index, 0)).run();
    expect(versionsOf(site.db, movieId, () => "")[0]?.hlsUrl).toBeNull();
  });

  it("is for nobody who is not signed in", async () => {
    for (const part of parts) {
      const answer = await ask(part, {});
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ type: "/problems/sign-in-needed" });
    }
  });

  it("lists the sound tracks by the person's words", async () => {
    const answer = await ask("master.m3u8");
    expect(answer.headers.get("content-type")).toBe("application/vnd.apple.mpegurl");
    expect(answer.headers.get("cache-control")).toContain("private, no-cache");
    const text = await answer.text();
    expect([...text.matchAll(/NAME="([^"]*)"/g)].map(([, found]) => found)).toEqual([
      "English (Director)",
      "Turkish",
      "Unknown language",
    ]);
    expect(text).toMatch(
      /LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0.m3u8"/,
    );
    expect(text).toContain("RESOLUTION=320x180");
    expect(text).not.toContain("ticket");
  });

  it("leads to byte ranges that make up the whole track", async () => {
    for (const track of ["video", "audio-1"]) {
      const playlist = await (await ask(`${track}.m3u8`)).text();
      expect(playlist).toContain(`\n${track}.mp4\n`);
      const ranges = [...playlist.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)/g)];
      expect(ranges.length).toBe(3);
      const pieces = await Promise.all(
        ranges.map(async ([, length = "", offset = ""]) => {
          const range = `bytes=${offset}-${Number(offset) + Number(length) - 1}`;
          const answer = await ask(`${track}.mp4`, { headers: { ...bearer, range } });
          expect(answer.status).toBe(206);
          return Buffer.from(await answer.arrayBuffer());
        }),
      );
      const whole = await ask(`${track}.mp4`);
      expect(whole.headers.get("content-type")).toBe(track === "video" ? "video/mp4" : "audio/mp4");
      expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.concat(pieces))).toBe(true);
    }
  });

  it("opens to a ticket for this file, and hands it on to every address", async () => {
    const userId = site.user("ann", "member");
    const sign = (subject: string) =>
      signTicket({ subject, userId, sessionVersion: 1, now: new Date() });
    const query = `?ticket=${sign(name)}`;
    const master = await (await ask(`master.m3u8${query}`, {})).text();
    const addresses = [...master.matchAll(/URI="([^"]*)"|^([^#\n].*)$/gm)].map(
      ([, quoted, plain]) => quoted ?? plain ?? "",
    );
    expect(addresses).toEqual(
      ["audio-0", "audio-1", "audio-2", "video"].map((track) => `${track}.m3u8${query}`),
    );
    const playlist = await (await ask(addresses[0] ?? "", {})).text();
    const files = [...playlist.matchAll(/URI="([^"]*)"|^([^#\n].*)$/gm)].map(
      ([, quoted, plain]) => quoted ?? plain,
    );
    expect(new Set(files)).toEqual(new Set([`audio-0.mp4${query}`]));
    expect((await ask(files[0] ?? "", {})).status).toBe(200);
    const other = `?ticket=${sign("0".repeat(16))}`;
    for (const part of parts) expect((await ask(part + other, {})).status).toBe(401);
  });

  it("puts nothing into a playlist that would not be an address", async () => {
    const text = await (await ask(`video.m3u8?ticket=${encodeURIComponent('"\n#EXT-X"')}`)).text();
    expect(text).toContain("video.mp4?ticket=%22%0A%23EXT-X%22\n");
  });

  it("answers HEAD, conditions and ranges behind the end", async () => {
    for (const part of parts) {
      const head = await ask(part, { method: "HEAD", headers: bearer });
      const size = Number(head.headers.get("content-length"));
      expect([head.status, head.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
      expect((await (await ask(part)).arrayBuffer()).byteLength).toBe(size);
      const etag = head.headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
      const again = await ask(part, { headers: { ...bearer, "if-none-match": etag } });
      expect(again.status).toBe(304);
      const behind = await ask(part, { headers: { ...bearer, range: `bytes=${size}-` } });
      expect([behind.status, behind.headers.get("content-range")]).toEqual([
        416,
        `bytes */${size}`,
      ]);
    }
    const [video, audio] = await Promise.all(
      ["video.mp4", "audio-0.mp4"].map(async (part) => (await ask(part)).headers.get("etag")),
    );
    expect(video).not.toBe(audio);
    expect((await ask("video.mp4", { method: "POST", headers: bearer })).status).toBe(405);
  });

  it("is 404 for tracks that are not there, and films that are not ready", async () => {
    for (const part of ["audio-3.mp4", "audio-3.m3u8", "audio-01x.mp4", "..%2Fvideo.mp4", "x"]) {
      expect((await ask(part)).status).toBe(404);
    }
    site.db.update(movies).set({ binnedAt: new Date() }).run();
    for (const part of parts) expect((await ask(part)).status).toBe(404);
  });

  it("is 404 for a film with one sound track", async () => {
    name = publish(single);
    for (const part of ["master.m3u8", "video.mp4"]) expect((await ask(part)).status).toBe(404);
  });

  it("says so when the file can't be cut, is damaged, or missing", async () => {
    const damaged = join(mediaDir, "damaged.mp4");
    writeFileSync(damaged, "not a film");
    for (const source of [cut, damaged]) {
      name = publish(source);
      const answer = await ask("master.m3u8");
      expect(answer.status).toBe(404);
      expect(answer.headers.get("etag")).toBeNull();
      expect((await answer.json()).type).toBe("/problems/media-not-for-hls");
    }
    name = addVersionRow(site.db, { movieId }).fileName;
    expect((await (await ask("master.m3u8")).json()).type).toBe("/problems/media-file-missing");
  });
});
