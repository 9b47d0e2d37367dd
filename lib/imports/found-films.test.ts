import { describe, expect, it } from "vitest";
import { kindOf } from "@/lib/downloads/file-kinds";
import type { WalkedFile } from "./folder-walk";
import { findFilms } from "./found-films";

const gigabyte = 1e9;

/** Paths, and of some their sizes. */
function walked(files: Record<string, number> | readonly string[]): WalkedFile[] {
  const entries = Array.isArray(files)
    ? files.map((path): [string, number] => [path, gigabyte])
    : Object.entries(files as Record<string, number>);
  return entries.map(([path, sizeBytes]) => ({
    ...{ path, sizeBytes, identity: path, modifiedMs: 0 },
    kind: kindOf(path) === "subtitle" ? ("subtitle" as const) : ("video" as const),
  }));
}

const namesOf = (files: Parameters<typeof walked>[0]) =>
  findFilms(walked(files)).films.map(({ parts }) => parts.map(({ path }) => path).join(" + "));

describe("the films of a folder", () => {
  it("are its videos, in folders or not", () => {
    const files = ["A (1999)/a.mkv", "B (2000).mp4", "Shelf/C (2001)/c.avi"];
    expect(namesOf(files)).toEqual(files);
  });

  it("are without samples, trailers and extras", () => {
    const files = {
      "A (1999)/A.1999.mkv": 4 * gigabyte,
      "A (1999)/A.1999-trailer.mkv": gigabyte / 10,
      "A (1999)/sample.mkv": gigabyte / 20,
      "A (1999)/Extras/The making.mkv": 3 * gigabyte,
      "A (1999)/Sample/a.mkv": gigabyte / 20,
      "B (2000).mkv": 2 * gigabyte,
      "B (2000)-sample.mkv": gigabyte / 50,
    };
    expect(namesOf(files)).toEqual(["A (1999)/A.1999.mkv", "B (2000).mkv"]);
    expect(findFilms(walked(files)).extras).toBe(5);
  });

  it("may be called like extras", () => {
    const files = {
      "The Interview (2014).mkv": 2 * gigabyte,
      "Trailer.mkv": 3 * gigabyte,
      "The Interview.mkv": gigabyte,
      "Other (1999).mkv": 8 * gigabyte,
      "Shorts/Alpha (1950).mkv": gigabyte / 10,
    };
    expect(namesOf(files)).toEqual(Object.keys(files));
  });

  it("are without episodes, and without what is empty", () => {
    const files = { "A.S01E01.mkv": gigabyte, "A.S01E02.mkv": gigabyte, "B.mkv": 0, "C.mkv": 1 };
    expect(namesOf(files)).toEqual(["C.mkv"]);
    expect(findFilms(walked(files)).episodes).toBe(2);
  });

  it("are put together from their parts", () => {
    expect(namesOf(["A/A.cd2.avi", "A/A.cd1.avi", "A/B.avi"])).toEqual([
      "A/A.cd1.avi + A/A.cd2.avi",
      "A/B.avi",
    ]);
    expect(namesOf(["A (1999)/CD1/a.avi", "A (1999)/CD2/a.avi"])).toEqual([
      "A (1999)/CD1/a.avi + A (1999)/CD2/a.avi",
    ]);
    expect(namesOf(["A (1999)/A part 1.avi", "A (1999)/A part 2.avi"])).toEqual([
      "A (1999)/A part 1.avi + A (1999)/A part 2.avi",
    ]);
    // On a shelf these are two films.
    const shelf = ["Shelf/A part 1.avi", "Shelf/A part 2.avi", "Shelf/B.avi"];
    expect(namesOf(shelf)).toEqual(shelf);
    const root = ["A part 1.avi", "A part 2.avi"];
    expect(namesOf(root)).toEqual(root);
  });

  it("come with their subtitles, counted", () => {
    const { films } = findFilms(
      walked([
        "A (1999)/A.mkv",
        "A (1999)/English.srt",
        "A (1999)/Subs/2_German.srt",
        "B.mkv",
        "B.en.srt",
        "B.en.forced.srt",
        "B2.srt",
        "C.mkv",
      ]),
    );
    expect(films.map(({ subtitleCount }) => subtitleCount)).toEqual([2, 2, 0]);
  });

  it("are found among many in no time", () => {
    const files = Array.from({ length: 5000 }, (_, at) => [
      `Film ${at} (2000).mkv`,
      `Film ${at} (2000).en.srt`,
    ]).flat();
    const startedMs = performance.now();
    const { films } = findFilms(walked(files));
    expect(films).toHaveLength(5000);
    expect(films.every(({ subtitleCount }) => subtitleCount === 1)).toBe(true);
    // A pair of each with each would take minutes.
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});
