import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { subtitles } from "@/db/schema";
import { lastEvent } from "@/lib/movies/timeline";
import { candidateIdOf } from "@/lib/subtitles/candidate-id";
import { takeCandidate } from "@/lib/subtitles/commands";
import { dismissedFiles, subtitlesOf } from "@/lib/subtitles/data";
import { deleteSubtitle, saveSubtitle, updateSubtitle } from "@/lib/subtitles/mutations";
import { refreshSubtitles } from "@/lib/subtitles/refresh";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import {
  folder,
  movieHash,
  now,
  offered,
  release,
  type SubtitleSearch,
  srt,
  subtitleSearch,
} from "@/tests/support/subtitle-search";
import { type OpenSubtitlesStandIn, startOpenSubtitles } from "@/tests/upstreams/opensubtitles";
import type { OfferedSubtitle } from "@/tests/upstreams/opensubtitles-library";

let upstream: OpenSubtitlesStandIn | undefined;
let search: SubtitleSearch;
beforeEach(() => {
  search = subtitleSearch();
});
afterEach(async () => {
  await upstream?.close();
  upstream = undefined;
  search.close();
});

const searches = () => (upstream?.steps ?? []).filter((step) => step.startsWith("subtitles"));
const charged = () => (upstream?.steps ?? []).filter((step) => step.startsWith("download"));

describe("OpenSubtitles", () => {
  it("is not asked for a language that is there, nor without a key", async () => {
    const { dir, addMovie, contextFor, run, found } = search;
    upstream = await startOpenSubtitles({ subtitles: [offered(1)] });
    addMovie({ sidecars: ["a.en.srt"] });
    writeFileSync(join(dir, "torrent", "a.en.srt"), srt("What do you want from me?"));
    await run(contextFor("en", upstream.apiUrl));
    await run(contextFor("de"));
    expect(upstream.steps).toEqual([]);
    expect(found()).toEqual(["sidecar a.en.srt en"]);
  });

  it("is asked by hash, name and id, each only for what is still missing", async () => {
    const { db, addMovie, contextFor, run, found } = search;
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
    const { addMovie, contextFor, run } = search;
    upstream = await startOpenSubtitles({ subtitles: [offered(1, { movieHashes: [movieHash] })] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(searches()).toHaveLength(1);
  });

  it("takes a machine's translation only when nothing else is there", async () => {
    const { addMovie, contextFor, run, found } = search;
    const machine = { aiTranslated: true, movieHashes: [movieHash] };
    upstream = await startOpenSubtitles({ subtitles: [offered(1, machine), offered(2)] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(found()).toEqual(["opensubtitles 2 en"]);
  });

  it("takes as many as the household wants, each of them once", async () => {
    const { addMovie, contextFor, run, found } = search;
    upstream = await startOpenSubtitles({
      subtitles: [
        offered(1, { movieHashes: [movieHash] }),
        offered(2, { release }),
        offered(3, { downloadCount: 5000 }),
        offered(4, { downloadCount: 1 }),
        offered(5, { aiTranslated: true, movieHashes: [movieHash] }),
        offered(6, { aiTranslated: true, language: "de", content: srt("Was willst du von mir?") }),
        offered(7, { aiTranslated: true, language: "de", content: srt("Ich weiß es nicht.") }),
      ],
    });
    addMovie();
    await run(contextFor("en,de", upstream.apiUrl, 3));
    const english = ["opensubtitles 1 en", "opensubtitles 2 en", "opensubtitles 3 en"];
    // A machine's only where there is nothing else, and then one.
    expect(found()).toEqual([...english, "opensubtitles 6 de"]);
    expect(charged()).toEqual(["download 1", "download 2", "download 3", "download 6"]);
    await run(contextFor("en,de", upstream.apiUrl, 3));
    expect(charged()).toHaveLength(4);
    await run(contextFor("en,de", upstream.apiUrl, 5));
    expect(found()).toEqual([...english, "opensubtitles 4 en", "opensubtitles 6 de"]);
  });

  it("takes the only one there is, however little speaks for it", async () => {
    const { addMovie, contextFor, run, found } = search;
    upstream = await startOpenSubtitles({
      subtitles: [offered(1, { release: "x", downloadCount: 0, fps: 25, hearingImpaired: true })],
    });
    addMovie();
    expect(await run(contextFor("en", upstream.apiUrl))).toEqual({ kind: "done" });
    expect(found()).toEqual(["opensubtitles 1 en hi"]);
  });

  it("puts what is best now in the place of what a search took before", async () => {
    const { db, dir, addMovie, contextFor, run, found } = search;
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

    // Nobody removed it: it may be best again.
    expect(dismissedFiles(db, "v")).toEqual([]);

    // What a person mended is theirs.
    const id = subtitlesOf(db, "v")[0]?.id ?? "";
    const { mediaDir } = context.env;
    await updateSubtitle(db, { id, mediaDir, changes: { offsetMs: 100 }, now });
    all.unshift(offered(3, { movieHashes: [movieHash], release, fromTrusted: true }));
    refreshSubtitles(db, { movieIds: ["m"], now });
    await run(context);
    expect(found()).toEqual(["opensubtitles 2 en"]);
  });

  it("does not bring back what a person removed", async () => {
    const { db, addMovie, contextFor, run, found } = search;
    upstream = await startOpenSubtitles({
      subtitles: [offered(1, { movieHashes: [movieHash] }), offered(2)],
    });
    addMovie();
    const context = contextFor("en", upstream.apiUrl);
    await run(context);
    const id = subtitlesOf(db, "v")[0]?.id ?? "";
    await deleteSubtitle(db, { id, mediaDir: context.env.mediaDir, now });
    await run(context);
    expect(found()).toEqual(["opensubtitles 2 en"]);
    const candidateId = candidateIdOf({
      ...{ fileId: 1, language: "en", forced: false, hearingImpaired: false },
      machineTranslated: false,
    });
    const { env, services } = context;
    await takeCandidate({ db, env, services, now }, { versionId: "v", candidateId });
    expect(found()).toEqual(["opensubtitles 1 en", "opensubtitles 2 en"]);
    expect(dismissedFiles(db, "v")).toEqual([]);
    expect(charged()).toEqual(["download 1", "download 2"]);
  });

  it("keeps what it has while nothing better can be had", async () => {
    const { db, dir, addMovie, contextFor, run, found } = search;
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
    const { db, addMovie, contextFor, run, found } = search;
    const machine = { aiTranslated: true, movieHashes: [movieHash] };
    upstream = await startOpenSubtitles({ subtitles: [offered(1, machine)] });
    addMovie();
    await run(contextFor("en", upstream.apiUrl));
    expect(found()).toEqual(["opensubtitles 1 en"]);
    expect(subtitlesOf(db, "v")[0]?.machineTranslated).toBe(true);
  });

  it("takes the next when a file turns out to be none", async () => {
    const { addMovie, contextFor, run, found } = search;
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
    const { db, addMovie, contextFor, run } = search;
    const resetAt = new Date(Date.now() + 3_600_000);
    upstream = await startOpenSubtitles({ subtitles: [offered(1)], allowedDownloads: 0, resetAt });
    addMovie();
    const outcome = await run(contextFor("en", upstream.apiUrl));
    const quota = { reason: { code: "opensubtitles-quota" } };
    expect(outcome).toMatchObject({ kind: "later", at: resetAt, ...quota });
    expect(lastEvent(db, "m", "subtitles")).toMatchObject({ state: "waiting", ...quota });
  });

  it("leaves uploads alone, and does not ask for their language", async () => {
    const { db, addMovie, contextFor, run, found } = search;
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
