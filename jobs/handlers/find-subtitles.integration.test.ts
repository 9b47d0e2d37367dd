import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, subtitles, versions } from "@/db/schema";
import { subtitlesOf } from "@/lib/subtitles/data";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { makeMovie } from "@/tests/media/make";
import {
  folder,
  release,
  type SubtitleSearch,
  srt,
  subtitleSearch,
} from "@/tests/support/subtitle-search";

let search: SubtitleSearch;
beforeEach(() => {
  search = subtitleSearch();
});
afterEach(() => search.close());

describe("inside the file and beside it", () => {
  it("keeps all text, whatever its language, and lists what cannot be used", async () => {
    const { db, dir, addMovie, contextFor, run, found } = search;
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
    const vtt = readFileSync(subtitlePath(context.env.mediaDir, folder, turkish?.id ?? ""), "utf8");
    expect(vtt).toContain("Şimdi değil, yarın konuşuruz.");

    // Again changes nothing.
    const before = subtitlesOf(db, "v");
    expect(await run(contextFor(""))).toEqual({ kind: "done" });
    expect(subtitlesOf(db, "v")).toEqual(before);
  });

  it("tells of pictures that were not downloaded, and of no read-me file", async () => {
    const { db, dir, addMovie, contextFor, run, found } = search;
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
    const { db, dir, addMovie, contextFor, run, found } = search;
    const films = join(dir, "films");
    const sourcePath = join(films, `${release}.mkv`);
    addMovie();
    mkdirSync(join(films, "Subs", release), { recursive: true });
    db.update(versions).set({ sourceKind: "import", sourcePath }).run();
    await makeMovie({ path: sourcePath, seconds: 1, width: 320, height: 180 });
    writeFileSync(join(films, "Subs", release, "2_English.srt"), srt("What do you want from me?"));
    writeFileSync(join(films, "Subs", release, "3_fre.srt"), srt("Je ne sais pas, moi."));
    writeFileSync(join(films, "German.srt"), srt("Was willst du von mir?"));
    writeFileSync(join(films, "readme.txt"), "Thank you for downloading.");
    expect(await run(contextFor(""))).toEqual({ kind: "done" });
    const all = [
      "sidecar German.srt de",
      `sidecar Subs/${release}/2_English.srt en`,
      `sidecar Subs/${release}/3_fre.srt fr`,
    ];
    expect(found()).toEqual(all);

    // With another film beside it only what bears its name is its own.
    db.delete(subtitles).run();
    writeFileSync(join(films, "Other.mkv"), "");
    mkdirSync(join(films, "Subs", "Other"));
    writeFileSync(join(films, "Subs", "Other", "2_English.srt"), srt("Not of this film."));
    await run(contextFor(""));
    expect(found()).toEqual(all.slice(1));
  });
});
