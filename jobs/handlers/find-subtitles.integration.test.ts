import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, movies, subtitles, versions } from "@/db/schema";
import { readEnv } from "@/lib/env";
import { logFor } from "@/lib/log";
import { lastEvent } from "@/lib/movies/timeline";
import { connect } from "@/lib/settings/connect";
import { saveSettings } from "@/lib/settings/mutations";
import { subtitlesOf } from "@/lib/subtitles/data";
import { saveSubtitle, updateSubtitle } from "@/lib/subtitles/mutations";
import { refreshSubtitles } from "@/lib/subtitles/refresh";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { makeMovie } from "@/tests/media/make";
import { testDatabase } from "@/tests/support/database";
import {
  type OpenSubtitlesStandIn,
  openSubtitlesAccount,
  startOpenSubtitles,
} from "@/tests/upstreams/opensubtitles";
import type { OfferedSubtitle } from "@/tests/upstreams/opensubtitles-library";
import type { JobContext } from "../context";
import { findSubtitles } from "./find-subtitles";

const now = new Date("2026-03-01T10:00:00Z");
const movieHash = "0123456789abcdef";
const release = "The.Lantern.2019.1080p.WEB-DL.x264-LAMP";
const folder = "00000000000000aa";
const srt = (words: string) => `1\n00:00:00,200 --> 00:00:01,500\n${words}\n`;

let dir: string;
let db: ReturnType<typeof testDatabase>;
let upstream: OpenSubtitlesStandIn | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-find-"));
  db = testDatabase();
});
afterEach(async () => {
  await upstream?.close();
  upstream = undefined;
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

/** A movie that came as a torrent into `dir`, with these files marked as its subtitles. */
function addMovie(more: { sourcePath?: string | null; sidecars?: string[] } = {}) {
  db.insert(movies)
    .values({
      id: "m",
      imdbId: "tt7000001",
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
      ...{
        id: "v",
        movieId: "m",
        status: "ready",
        sourceKind: "torrent",
        releaseName: release,
        movieHash,
      },
      ...{
        folder: "00000000000000aa",
        fileName: "00000000000000bb",
        createdAt: now,
        updatedAt: now,
      },
      sourcePath: more.sourcePath ?? null,
    })
    .run();
  const files = (more.sidecars ?? []).map((path, index) => ({
    index,
    path,
    sizeBytes: 1,
    role: "subtitle" as const,
  }));
  db.insert(downloads)
    .values({
      id: "d",
      movieId: "m",
      versionId: "v",
      tag: "vigilio-d",
      name: release,
      state: "seeding",
      files,
      savePath: join(dir, "torrent"),
      addedAt: now,
      updatedAt: now,
    })
    .run();
  mkdirSync(join(dir, "torrent", "Subs"), { recursive: true });
}

function contextFor(languages: string, apiUrl?: string, perLanguage = 1): JobContext {
  const { apiKey, username, password } = openSubtitlesAccount;
  const account = {
    OPENSUBTITLES_API_KEY: apiKey,
    OPENSUBTITLES_USERNAME: username,
    OPENSUBTITLES_PASSWORD: password,
  };
  const env = readEnv(
    {
      VIGILIO_DATA_DIR: dir,
      ...(languages ? { SUBTITLE_LANGUAGES: languages } : {}),
      ...(apiUrl ? { ...account, OPENSUBTITLES_API_URL: apiUrl } : {}),
    },
    dir,
  );
  saveSettings(db, { patch: { subtitlesPerLanguage: perLanguage }, env, now });
  return {
    ...{ db, env, services: connect(db, env), now: () => now, log: logFor("test") },
    ...{ signal: new AbortController().signal, progress: () => {} },
  };
}

const run = (context: JobContext) => findSubtitles(context, { versionId: "v", movieId: "m" });
const found = () =>
  subtitlesOf(db, "v")
    .map(
      (row) =>
        `${row.source} ${row.sourceKey} ${row.language}${row.forced ? " forced" : ""}${row.hearingImpaired ? " hi" : ""}${row.reason ? ` ${row.reason.code}` : ""}`,
    )
    .sort();

function offered(fileId: number, more: Partial<OfferedSubtitle> = {}): OfferedSubtitle {
  return {
    ...{ fileId, language: "en", release: "The.Lantern.2019.DVDRip", imdbId: "tt7000001" },
    ...{
      title: "The Lantern",
      year: 2019,
      content: srt(`This is what number ${fileId} has to say to you.`),
    },
    ...more,
  };
}
const searches = () => (upstream?.steps ?? []).filter((step) => step.startsWith("subtitles"));
const charged = () => (upstream?.steps ?? []).filter((step) => step.startsWith("download"));

describe("inside the file and beside it", () => {
  it("keeps all text, whatever its language, and lists what cannot be used", async () => {
    const sourcePath = join(dir, "torrent", `${release}.mkv`);
    const sidecars = [
      `${release}.tr.srt`,
      "Subs/2_German.srt",
      "Subs/evil.srt",
      "Subs/page.en.srt",
      "../outside.srt",
    ];
    addMovie({ sourcePath, sidecars });
    await makeMovie({
      ...{ path: sourcePath, seconds: 2, width: 320, height: 180 },
      subtitles: [
        { language: "eng", title: "SDH", text: srt("[DOOR OPENS] What do you want from me?") },
        { language: "spa", text: srt("<i>¿Qué quieres de mí?</i>"), isForced: true },
      ],
    });
    const torrent = join(dir, "torrent");
    writeFileSync(
      join(torrent, `${release}.tr.srt`),
      iconv.encode(srt("Şimdi değil, yarın konuşuruz. Ağacın gölgesi güzeldi."), "windows-1254"),
    );
    writeFileSync(join(torrent, "Subs", "2_German.srt"), srt("Was willst du von mir?"));
    writeFileSync(join(torrent, "Subs", "page.en.srt"), "<!DOCTYPE html><p>503</p>");
    writeFileSync(join(dir, "outside.srt"), srt("Not yours"));
    symlinkSync(join(dir, "outside.srt"), join(torrent, "Subs", "evil.srt"));

    const context = contextFor("");
    expect(await run(context)).toEqual({ kind: "done" });
    const expected = [
      "embedded 2 en hi",
      "embedded 3 es forced",
      `sidecar ${release}.tr.srt tr`,
      "sidecar Subs/2_German.srt de",
      "sidecar Subs/evil.srt und subtitle-not-a-file",
      "sidecar Subs/page.en.srt en subtitle-is-web-page",
    ];
    expect(found()).toEqual(expected.sort());
    const turkish = subtitlesOf(db, "v").find((row) => row.language === "tr");
    const vtt = readFileSync(
      subtitlePath(context.env.mediaDir, "00000000000000aa", turkish?.id ?? ""),
      "utf8",
    );
    expect(vtt).toContain("Şimdi değil, yarın konuşuruz.");

    // Again changes nothing.
    const before = subtitlesOf(db, "v");
    expect(await run(contextFor(""))).toEqual({ kind: "done" });
    expect(subtitlesOf(db, "v")).toEqual(before);
  });

  it("tells of pictures that were not downloaded, and of no read-me file", async () => {
    addMovie({ sidecars: ["Subs/film.de.sub"] });
    const files = [
      { path: "Subs/film.de.sub", role: "subtitle" as const },
      { path: "Subs/English.idx", role: "skipped" as const },
      { path: "Subs/English.sub", role: "skipped" as const },
      { path: "Subs/tr.sup", role: "skipped" as const },
      { path: "RARBG.txt", role: "skipped" as const },
    ].map((file, index) => ({ ...file, index, sizeBytes: 1 }));
    db.update(downloads).set({ files }).run();
    writeFileSync(join(dir, "torrent", "Subs", "film.de.sub"), "{25}{75}Was willst du von mir?\n");
    expect(await run(contextFor(""))).toEqual({ kind: "done" });
    expect(found()).toEqual([
      "sidecar Subs/English.sub en subtitle-bitmap",
      "sidecar Subs/film.de.sub de",
      "sidecar Subs/tr.sup tr subtitle-bitmap",
    ]);
  });

  it("looks beside an imported film, and as deep as releases put them", async () => {
    const folder = join(dir, "films");
    const sourcePath = join(folder, `${release}.mkv`);
    addMovie();
    mkdirSync(join(folder, "Subs", release), { recursive: true });
    db.update(versions).set({ sourceKind: "import", sourcePath }).run();
    await makeMovie({ path: sourcePath, seconds: 1, width: 320, height: 180 });
    writeFileSync(join(folder, "Subs", release, "2_English.srt"), srt("What do you want from me?"));
    writeFileSync(join(folder, "Subs", release, "3_fre.srt"), srt("Je ne sais pas, moi."));
    writeFileSync(join(folder, "German.srt"), srt("Was willst du von mir?"));
    writeFileSync(join(folder, "readme.txt"), "Thank you for downloading.");
    expect(await run(contextFor(""))).toEqual({ kind: "done" });
    const all = [
      "sidecar German.srt de",
      `sidecar Subs/${release}/2_English.srt en`,
      `sidecar Subs/${release}/3_fre.srt fr`,
    ];
    expect(found()).toEqual(all);

    // With another film beside it only what bears its name is its own.
    db.delete(subtitles).run();
    writeFileSync(join(folder, "Other.mkv"), "");
    await run(contextFor(""));
    expect(found()).toEqual(all.slice(1));
  });
});

describe("OpenSubtitles", () => {
  it("is not asked for a language that is there, nor without a key", async () => {
    upstream = await startOpenSubtitles({ subtitles: [offered(1)] });
    addMovie({ sidecars: ["a.en.srt"] });
    writeFileSync(join(dir, "torrent", "a.en.srt"), srt("What do you want from me?"));
    await run(contextFor("en", upstream.apiUrl));
    await run(contextFor("de"));
    expect(upstream.steps).toEqual([]);
    expect(found()).toEqual(["sidecar a.en.srt en"]);
  });

  it("is asked by hash, name and id, each only for what is still missing", async () => {
    upstream = await startOpenSubtitles({
      subtitles: [
        offered(1, { movieHashes: [movieHash] }),
        // The hash of this file is known for another film, too.
        offered(2, {
          movieHashes: [movieHash],
          imdbId: "tt3128398",
          language: "de",
          featureType: "Episode",
        }),
        offered(3, {
          language: "tr",
          release,
          content: srt("Ne istiyorsun benden? Bir şey bilmiyorum ben, değil mi?"),
        }),
        offered(4, {
          language: "fr",
          machineTranslated: true,
          content: srt("Je ne sais pas ce que tu veux de moi."),
        }),
      ],
    });
    addMovie();
    expect(await run(contextFor("en,tr,de", upstream.apiUrl))).toEqual({ kind: "done" });
    expect(found()).toEqual(["opensubtitles 1 en", "opensubtitles 3 tr"]);
    const asked = searches();
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain(`moviehash=${movieHash}`);
    expect(asked[0]).toContain("imdb_id=7000001");
    expect(asked[1]).toContain("query=");
    expect(asked[1]).not.toMatch(/languages=[^&]*en/);
    expect(asked[2]).not.toMatch(/query=|moviehash=/);
    expect(asked[2]).toContain("languages=de");
    expect(charged()).toEqual(["download 1", "download 3"]);

    // Nothing is downloaded twice, even when the rows are gone.
    db.delete(subtitles).run();
    await run(contextFor("en,tr", upstream.apiUrl));
    expect(found()).toEqual(["opensubtitles 1 en", "opensubtitles 3 tr"]);
    expect(charged()).toHaveLength(2);
  });

  it("stops after the hash when that gave every language", async () => {
    upstream = await startOpenSubtitles({ subtitles: [offered(1, { movieHashes: [movieHash] })] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(searches()).toHaveLength(1);
  });

  it("takes a machine's translation only when nothing else is there", async () => {
    const machine = { aiTranslated: true, movieHashes: [movieHash] };
    upstream = await startOpenSubtitles({ subtitles: [offered(1, machine), offered(2)] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(found()).toEqual(["opensubtitles 2 en"]);
  });

  it("takes as many as the household wants, each of them once", async () => {
    upstream = await startOpenSubtitles({
      subtitles: [
        offered(1, { movieHashes: [movieHash] }),
        offered(2, { release }),
        offered(3, { downloadCount: 5000 }),
        offered(4, { downloadCount: 1 }),
      ],
    });
    addMovie();
    await run(contextFor("en", upstream.apiUrl, 3));
    expect(found()).toEqual(["opensubtitles 1 en", "opensubtitles 2 en", "opensubtitles 3 en"]);
    expect(charged()).toEqual(["download 1", "download 2", "download 3"]);
    const asked = searches().length;
    await run(contextFor("en", upstream.apiUrl, 3));
    expect(searches()).toHaveLength(asked);
  });

  it("takes the only one there is, however little speaks for it", async () => {
    upstream = await startOpenSubtitles({
      subtitles: [offered(1, { release: "x", downloadCount: 0, fps: 25, hearingImpaired: true })],
    });
    addMovie();
    expect(await run(contextFor("en", upstream.apiUrl))).toEqual({ kind: "done" });
    expect(found()).toEqual(["opensubtitles 1 en hi"]);
  });

  it("puts what is best now in the place of what a search took before", async () => {
    const all: OfferedSubtitle[] = [offered(1)];
    upstream = await startOpenSubtitles({ subtitles: all });
    addMovie({ sourcePath: join(dir, "torrent", `${release}.mkv`) });
    const context = contextFor("en", upstream.apiUrl);
    await run(context);
    expect(found()).toEqual(["opensubtitles 1 en"]);

    // The same is best: it stays, and nothing is paid for.
    const [first] = subtitlesOf(db, "v");
    refreshSubtitles(db, { movieIds: ["m"], now });
    await run(context);
    expect(subtitlesOf(db, "v")).toMatchObject([{ id: first?.id, replaceable: false }]);
    expect(charged()).toEqual(["download 1"]);

    all.push(offered(2, { movieHashes: [movieHash] }));
    refreshSubtitles(db, { movieIds: ["m"], now });
    await run(context);
    expect(found()).toEqual(["opensubtitles 2 en"]);
    expect(existsSync(subtitlePath(context.env.mediaDir, folder, first?.id ?? ""))).toBe(false);

    // What a person mended is theirs.
    const id = subtitlesOf(db, "v")[0]?.id ?? "";
    const { mediaDir } = context.env;
    await updateSubtitle(db, { id, mediaDir, changes: { offsetMs: 100 }, now });
    all.unshift(offered(3, { movieHashes: [movieHash], release, fromTrusted: true }));
    refreshSubtitles(db, { movieIds: ["m"], now });
    await run(context);
    expect(found()).toEqual(["opensubtitles 2 en"]);
  });

  it("keeps what it has while nothing better can be had", async () => {
    const all: OfferedSubtitle[] = [offered(1)];
    upstream = await startOpenSubtitles({ subtitles: all, allowedDownloads: 1 });
    addMovie({ sourcePath: join(dir, "torrent", `${release}.mkv`) });
    const context = contextFor("en", upstream.apiUrl);
    await run(context);
    // Better, and not to be had before tomorrow.
    all.push(offered(2, { movieHashes: [movieHash] }));
    refreshSubtitles(db, { movieIds: ["m"], now });
    expect(await run(context)).toMatchObject({ kind: "later" });
    expect(found()).toEqual(["opensubtitles 1 en"]);
    expect(context.services.openSubtitles()?.quota()).toMatchObject({ remaining: 0 });
    // None at all any more.
    all.splice(0, 2);
    upstream.setRemaining(1);
    await context.services.openSubtitles()?.userInfo();
    expect(await run(context)).toEqual({ kind: "done" });
    expect(subtitlesOf(db, "v")).toMatchObject([{ sourceKey: "1", replaceable: false }]);
  });

  it("takes it when it is all there is", async () => {
    const machine = { aiTranslated: true, movieHashes: [movieHash] };
    upstream = await startOpenSubtitles({ subtitles: [offered(1, machine)] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(found()).toEqual(["opensubtitles 1 en"]);
    expect(subtitlesOf(db, "v")[0]?.machineTranslated).toBe(true);
  });

  it("takes the next when a file turns out to be none", async () => {
    const first = { movieHashes: [movieHash], content: "<html>not here</html> and more text" };
    upstream = await startOpenSubtitles({
      subtitles: [
        offered(1, { ...first, content: "1\n00:00:01,000 --> 00:00:02,000\n\n" }),
        offered(2),
      ],
    });
    addMovie();
    expect(await run(contextFor("en", upstream.apiUrl))).toEqual({ kind: "done" });
    expect(found()).toEqual(["opensubtitles 2 en"]);
    expect(charged()).toEqual(["download 1", "download 2"]);
  });

  it("waits until downloads are renewed when they are used up", async () => {
    const resetAt = new Date(Date.now() + 3_600_000);
    upstream = await startOpenSubtitles({ subtitles: [offered(1)], allowedDownloads: 0, resetAt });
    addMovie();
    const outcome = await run(contextFor("en", upstream.apiUrl));
    const quota = { reason: { code: "opensubtitles-quota" } };
    expect(outcome).toMatchObject({ kind: "later", at: resetAt, ...quota });
    expect(lastEvent(db, "m", "subtitles")).toMatchObject({ state: "waiting", ...quota });
  });

  it("leaves uploads alone, and does not ask for their language", async () => {
    upstream = await startOpenSubtitles({ subtitles: [offered(1)] });
    addMovie();
    const context = contextFor("en", upstream.apiUrl);
    const upload = {
      mediaDir: context.env.mediaDir,
      versionId: "v",
      bytes: Buffer.from(srt("What do you want from me?")),
      now,
    };
    await saveSubtitle(db, { ...upload, language: "en", source: "upload", sourceKey: "u" });
    await run(context);
    expect(upstream.steps).toEqual([]);
    expect(found()).toEqual(["upload u en"]);
  });
});
