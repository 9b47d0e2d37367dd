import { describe, expect, it } from "vitest";
import { chooseFiles } from "./choose-files";
import type { FilmFacts } from "./film-units";

const MB = 1024 * 1024;
const GB = 1024 * MB;

interface Listing {
  name: string;
  /** Path and size; the movie is marked with `*`, its parts with `&`, wanted subtitles with `+`. */
  files: [string, number][];
  reason?: string;
  film?: FilmFacts;
  /** A person has to choose: those marked with `?`. */
  isUnsure?: boolean;
}

const marks = /^[*+&?]/;

const film = (title: string, year: number | null = null, originalLanguage = "en"): FilmFacts => ({
  titles: [title],
  year,
  originalLanguage,
});

const trilogy = (wanted: number): [string, number][] =>
  [
    ["The.Fellowship.of.the.Lamp.2001.1080p", 3 * GB],
    ["The.Two.Lamps.2002.1080p", 6 * GB],
    ["The.Return.of.the.Lamp.2003.1080p", 5 * GB],
  ].flatMap(([name, size], at): [string, number][] => [
    [`${at === wanted ? "*" : wanted < 0 ? "?" : ""}Lamp.Trilogy/${name}.mkv`, Number(size)],
    [`${at === wanted ? "+" : ""}Lamp.Trilogy/Subs/${name}.en.srt`, 90_000],
  ]);

const listings: Listing[] = [
  { name: "a trilogy, by title", film: film("The Two Lamps"), files: trilogy(1) },
  {
    name: "a trilogy, by title and a year that is one off",
    film: film("The Fellowship of the Lamp", 2002),
    files: trilogy(0),
  },
  {
    name: "a trilogy, by the year alone",
    film: film("Die Rückkehr der Lampe", 2003),
    files: trilogy(2),
  },
  { name: "a trilogy of which nothing is known", isUnsure: true, files: trilogy(-1) },
  {
    name: "a trilogy without the film that is wanted",
    film: film("The Candle", 1990),
    isUnsure: true,
    files: trilogy(-1),
  },
  {
    name: "a remake and its original, told apart by the year",
    film: film("Lanterns", 2021),
    files: [
      ["L/Lanterns.1984.720p.mkv", 2 * GB],
      ["*L/Lanterns.2021.720p.mkv", 2 * GB],
    ],
  },
  {
    name: "films in folders of their own, with subtitles that say only a language",
    film: film("The Second Lamp"),
    files: [
      ["Box/The First Lamp (1999)/movie.mkv", 2 * GB],
      ["Box/The First Lamp (1999)/en.srt", 80_000],
      ["*Box/The Second Lamp (2001)/movie.mkv", 2 * GB],
      ["+Box/The Second Lamp (2001)/en.srt", 80_000],
      ["+Box/The Second Lamp (2001)/Subs/tr.srt", 80_000],
    ],
  },
  {
    name: "a numbered list of films",
    film: film("12 Lamps", 1957),
    files: [
      ["X/1. The Wick (1955).mkv", 2 * GB],
      ["*X/2. 12 Lamps (1957).mkv", 2 * GB],
      ["X/3. Oil (1959).mkv", 2 * GB],
    ],
  },
  {
    name: "a film and a documentary about it, half as long",
    files: [
      ["*F/The.Lamp.2010.1080p.mkv", 8 * GB],
      ["F/How.We.Lit.It.2011.mkv", 3 * GB],
    ],
  },
  {
    name: "flat before 3D, Full HD before 4K",
    files: [
      ["L/The.Lamp.2013.1080p.3D.HSBS.mkv", 12 * GB],
      ["*L/The.Lamp.2013.1080p.mkv", 10 * GB],
      ["L/The.Lamp.2013.2160p.mkv", 30 * GB],
    ],
  },
  {
    name: "a film that is there in 3D alone",
    files: [["*L/The.Lamp.2013.1080p.3D.HSBS.mkv", 12 * GB]],
  },
  {
    name: "a dub beside the film in its own language",
    film: film("Die Lampe", 2013, "de"),
    files: [
      ["L/Die.Lampe.2013.ENGLISH.1080p.mkv", 9 * GB],
      ["*L/Die.Lampe.2013.GERMAN.1080p.mkv", 8 * GB],
      ["L/Die.Lampe.2013.FRENCH.1080p.mkv", 10 * GB],
    ],
  },
  {
    name: "parts in folders, the last one small",
    files: [
      ["*L/CD1/the.lamp.avi", 700 * MB],
      ["&L/CD2/the.lamp.avi", 699 * MB],
      ["&L/CD3/the.lamp.avi", 150 * MB],
      ["+L/CD2/the.lamp.srt", 30_000],
    ],
  },
  {
    name: "Part 1 and Part 2 of one film",
    film: film("The Long Lamp", 1993),
    files: [
      ["&T/The Long Lamp 1993 Part 2.mkv", 2 * GB],
      ["*T/The Long Lamp 1993 Part 1.mkv", 2 * GB],
    ],
  },
  {
    name: "Part 1 and Part 2 that are two films",
    film: film("The Deadly Lamp: Part 2", 2011),
    files: [
      ["T/The Deadly Lamp Part 1 2010.mkv", 2 * GB],
      ["*T/The Deadly Lamp Part 2 2011.mkv", 2 * GB],
    ],
  },
  {
    name: "discs without the first of them: nothing that could be joined",
    isUnsure: true,
    files: [
      ["?T/The.Lamp.CD3.avi", 600 * MB],
      ["?T/The.Lamp.CD2.avi", 700 * MB],
    ],
  },
  {
    name: "fifty films",
    isUnsure: true,
    files: Array.from({ length: 50 }, (_, n): [string, number] => [
      `?All/The.Lamp.Of.${n + 100}.${1950 + n}.mkv`,
      GB + n * MB,
    ]),
  },
  { name: "a single file", files: [["*Big.Buck.2008.1080p.mkv", 2 * GB]] },
  {
    name: "a release with sample, subtitles, advertisement and text",
    files: [
      ["M.2010.1080p.x264/Sample/m-sample.mkv", 40 * MB],
      ["*M.2010.1080p.x264/M.2010.1080p.x264.mkv", 8 * GB],
      ["+M.2010.1080p.x264/Subs/2_English.srt", 90_000],
      ["+M.2010.1080p.x264/Subs/3_Turkish.ass", 190_000],
      ["M.2010.1080p.x264/RARBG.txt", 31],
      ["M.2010.1080p.x264/RARBG_DO_NOT_MIRROR.exe", 99],
      ["M.2010.1080p.x264/WWW.YTS.MX.jpg", 53_000],
      ["M.2010.1080p.x264/www.site.example.url", 100],
    ],
  },
  {
    name: "a tiny movie with a sample of nearly its size",
    files: [
      ["T/sample.mkv", 900],
      ["*T/movie.mkv", 1000],
      ["T/setup.exe", 5 * GB],
    ],
  },
  {
    name: "extras in folders, larger than the movie",
    files: [
      ["F (1999)/Featurettes/The Long Making Of.mkv", 9 * GB],
      ["F (1999)/Featurettes/The Long Making Of.srt", 20_000],
      ["F (1999)/Behind The Scenes/b.mkv", 1 * GB],
      ["*F (1999)/F (1999).mkv", 4 * GB],
      ["+F (1999)/F (1999).en.srt", 100_000],
    ],
  },
  {
    name: "trailer and deleted scenes by name alone",
    files: [
      ["G/G.2015-trailer.mp4", 1 * GB],
      ["G/G.2015.Deleted.Scenes.mp4", 300 * MB],
      ["*G/G.2015.mp4", 2 * GB],
    ],
  },
  {
    name: "a title that is a word for extras",
    files: [
      ["*Interview.2007.DVDRip/Interview.2007.DVDRip.avi", 700 * MB],
      ["Interview.2007.DVDRip/get-more-films.mp4", 12 * MB],
    ],
  },
  {
    name: "a title with such a word, beside its sample",
    files: [
      ["The.Interview.2014/The.Interview.2014.sample.mkv", 50 * MB],
      ["*The.Interview.2014/The.Interview.2014.mkv", 6 * GB],
    ],
  },
  {
    name: "the torrent's own folder named like extras",
    files: [
      ["*Shorts/Shorts.2009.mkv", 2 * GB],
      ["+Shorts/Shorts.2009.srt", 80_000],
    ],
  },
  {
    name: "no common folder",
    files: [
      ["Sample/s.mkv", 30 * MB],
      ["*movie.mp4", 1 * GB],
      ["+Subs/en.vtt", 90_000],
    ],
  },
  {
    name: "two cuts of nearly the same size",
    files: [
      ["B/B.Theatrical.mkv", 7 * GB],
      ["*B/B.Final.Cut.mkv", 8 * GB],
      ["B/B.audio.commentary.mkv", 1 * GB],
    ],
  },
  {
    name: "two discs: the first, though the second is larger",
    files: [
      ["&L/L.CD2.avi", 700 * MB],
      ["*L/L.CD1.avi", 690 * MB],
      ["+L/L.CD1.srt", 50_000],
      ["+L/L.CD2.srt", 50_000],
    ],
  },
  {
    name: "bitmap subtitles are of no use, text .sub is",
    files: [
      ["*V/V.avi", 700 * MB],
      ["V/Subs/V.idx", 50_000],
      ["V/Subs/V.sub", 6 * MB],
      ["V/V.en.sup", 20 * MB],
      ["+V/V.microdvd.sub", 60_000],
      ["V/V.en.srt", 900 * MB],
      ["V/empty.srt", 0],
    ],
  },
  {
    name: "a Blu-ray folder",
    files: [
      ["D/BDMV/STREAM/00000.m2ts", 30 * MB],
      ["*D/BDMV/STREAM/00801.m2ts", 30 * GB],
      ["D/BDMV/PLAYLIST/00801.mpls", 500],
    ],
  },
  {
    name: "a movie with its soundtrack in a .zip",
    files: [
      ["*S/S.mkv", 2 * GB],
      ["S/ost.zip", 200 * MB],
    ],
  },
  {
    name: "packed volumes with a sample",
    reason: "torrent-archives",
    files: [
      ["P/p.rar", 100 * MB],
      ...Array.from({ length: 40 }, (_, n): [string, number] => [`P/p.r${n + 10}`, 100 * MB]),
      ["P/Sample/p-sample.mkv", 40 * MB],
      ["P/p.sfv", 1000],
    ],
  },
  {
    name: "packed with a name that is no word for a sample",
    reason: "torrent-archives",
    files: [
      ["P/p.part1.rar", 2 * GB],
      ["P/watch-me-first.mp4", 10 * MB],
    ],
  },
  {
    name: "bait: a program in a movie's clothes",
    reason: "torrent-bait",
    files: [
      ["Movie.2024.1080p/Movie.2024.1080p.mkv.exe", 1 * GB],
      ["Movie.2024.1080p/read me.txt", 100],
    ],
  },
  {
    name: "bait: a link and a .zipx",
    reason: "torrent-bait",
    files: [
      ["M/Movie.2024.1080p.mkv.lnk ", 3000],
      ["M/Movie.zipx", 800 * MB],
    ],
  },
  { name: "a disc image", reason: "torrent-disc", files: [["M/M.iso", 4 * GB]] },
  {
    name: "a DVD as a folder",
    reason: "torrent-disc",
    files: [
      ["M/VIDEO_TS/VTS_01_1.VOB", 1 * GB],
      ["M/VIDEO_TS/VTS_01_2.VOB", 1 * GB],
      ["M/VIDEO_TS/VIDEO_TS.IFO", 12_000],
    ],
  },
  {
    name: "a season",
    reason: "torrent-series",
    files: [1, 2, 3, 4].map((n): [string, number] => [`S/Show.S01E0${n}.mkv`, (400 + n) * MB]),
  },
  { name: "music", reason: "torrent-no-video", files: [["A/01.flac", 40 * MB]] },
  { name: "a video of no size", reason: "torrent-no-video", files: [["A/a.mkv", 0]] },
  { name: "nothing", reason: "torrent-no-video", files: [] },
];

describe("chooseFiles", () => {
  it.each(listings)("$name", ({ files, reason, film = null, isUnsure }) => {
    const listed = files.map(([path, sizeBytes], index) => ({
      index,
      path: path.replace(marks, ""),
      sizeBytes,
    }));
    const chosen = chooseFiles(listed, { film, taken: null });
    if (reason) {
      expect(chosen).toMatchObject({ kind: "nothing", reason: { code: reason } });
      return;
    }
    const marked = (mark: string) =>
      files.flatMap(([path], index) => (path.startsWith(mark) ? [index] : []));
    if (isUnsure) {
      if (chosen.kind !== "unsure") throw new Error(`not unsure: ${JSON.stringify(chosen)}`);
      expect(chosen.options.map(({ index }) => index).sort((a, b) => a - b)).toEqual(marked("?"));
      return;
    }
    expect(chosen).toMatchObject({
      kind: "chosen",
      feature: { index: marked("*")[0] },
      parts: marked("&"),
      subtitles: marked("+"),
      skipped: files.flatMap(([path], index) => (marks.test(path) ? [] : [index])),
    });
  });

  it("takes what a person chose, with its parts and its own subtitles", () => {
    const paths = ["A.CD1.avi", "A.CD2.avi", "B.avi", "A.CD1.srt", "B.srt", "A.CD2.srt"];
    const listed = paths.map((path, index) => ({
      index,
      path: `T/${path}`,
      sizeBytes: path.endsWith("srt") ? 50_000 : 700 * MB,
    }));
    const take = (taken: number) => chooseFiles(listed, { film: null, taken });
    expect(take(0)).toMatchObject({ feature: { index: 0 }, parts: [1], subtitles: [3, 5] });
    expect(take(2)).toMatchObject({ feature: { index: 2 }, parts: [], subtitles: [4] });
  });

  it("says what the archives are", () => {
    const files = [
      { index: 0, path: "P/p.r00", sizeBytes: 50_000_000 },
      { index: 1, path: "P/p.rar", sizeBytes: 50_000_001 },
      { index: 2, path: "P/p.nfo", sizeBytes: 1000 },
    ];
    expect(chooseFiles(files)).toMatchObject({
      reason: { values: { count: 2, kind: "RAR", megabytes: 101 } },
    });
  });

  it("looks through 100,000 files at once", () => {
    const many = Array.from({ length: 50_000 }, (_, n) => [
      { index: 2 * n, path: `X/Extras/${n}.mkv`, sizeBytes: 10 },
      { index: 2 * n + 1, path: `X/${n}.srt`, sizeBytes: 10 },
    ]).flat();
    many.push({ index: 100_000, path: "X/movie.mkv", sizeBytes: 1000 });
    const started = performance.now();
    const chosen = chooseFiles(many);
    // A second or so; minutes if each were held against each.
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(chosen).toHaveProperty("feature.index", 100_000);
    expect(chosen).toHaveProperty("subtitles.length", 0);
  });
});
