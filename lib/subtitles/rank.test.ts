import { describe, expect, it } from "vitest";
import { type FilmFacts, type RankedCandidate, rankCandidates, releaseLikeness } from "./rank";

const film: FilmFacts = {
  imdbId: "tt7000001",
  releaseName: "The.Lantern.2019.1080p.BluRay.x264-GROUP",
  fps: 24_000 / 1001,
};

function candidate(fileId: number, more: Partial<RankedCandidate> = {}): RankedCandidate {
  return {
    fileId,
    language: "en",
    release: null,
    fileName: null,
    hearingImpaired: false,
    foreignPartsOnly: false,
    aiTranslated: false,
    machineTranslated: false,
    fromTrusted: false,
    downloadCount: 0,
    fps: null,
    cdCount: 1,
    imdbId: "tt7000001",
    movieHashMatch: false,
    ...more,
  };
}

const order = (candidates: RankedCandidate[], options = {}, language = "en") =>
  rankCandidates(candidates, film, language, options).map(({ fileId }) => fileId);

describe("what may be taken", () => {
  it.each([
    ["another film, though the hash matches", { imdbId: "tt3128398", movieHashMatch: true }],
    ["a film that is not told", { imdbId: null }],
    ["a part of two", { cdCount: 2 }],
    ["foreign parts alone", { foreignPartsOnly: true }],
    ["an episode", { featureType: "Episode" }],
    ["another language", { language: "de" }],
    ["a translation by machine", { machineTranslated: true }],
    ["a translation by AI", { aiTranslated: true }],
  ])("not %s", (_, facts) => {
    expect(order([candidate(1, facts)])).toEqual([]);
  });

  it("is a machine's translation when nothing else is there, and last", () => {
    const machine = candidate(1, { machineTranslated: true, downloadCount: 1_000_000 });
    expect(order([machine], { withMachineMade: true })).toEqual([1]);
    expect(order([machine, candidate(2)], { withMachineMade: true })).toEqual([2, 1]);
  });

  it("is a hash's finding only, when that was the question", () => {
    expect(
      order([candidate(1), candidate(2, { movieHashMatch: true })], { hashOnly: true }),
    ).toEqual([2]);
  });

  it("is told by TMDB's id where the film has no other", () => {
    const other = { imdbId: null, tmdbId: 7, releaseName: null, fps: null };
    const found = rankCandidates(
      [candidate(1, { imdbId: null, tmdbId: 7 }), candidate(2)],
      other,
      "en",
    );
    expect(found.map(({ fileId }) => fileId)).toEqual([1]);
  });
});

describe("the order", () => {
  it.each<[string, Partial<RankedCandidate>, Partial<RankedCandidate>]>([
    [
      "a hash before a name",
      { movieHashMatch: true },
      { release: film.releaseName, fromTrusted: true, downloadCount: 90_000 },
    ],
    [
      "the same release before many downloads",
      { release: film.releaseName },
      { release: "The.Lantern.2019.WEBRip.XviD-OTHER", downloadCount: 100_000 },
    ],
    [
      "a file's name as well as a release's",
      { fileName: `${film.releaseName}.srt` },
      { release: "The.Lantern.DVDRip" },
    ],
    ["a trusted uploader before another", { fromTrusted: true }, {}],
    ["more downloads before fewer", { downloadCount: 900 }, { downloadCount: 9 }],
    [
      "a rate that fits before one that does not",
      { fps: 23.976 },
      { fps: 25, downloadCount: 10_000 },
    ],
    ["an unknown rate before a wrong one", { fps: null }, { fps: 25 }],
    ["plain before hearing impaired", {}, { hearingImpaired: true }],
    ["the earlier file of two that are alike", {}, {}],
  ])("%s", (_, better, worse) => {
    expect(order([candidate(20, worse), candidate(10, better)])).toEqual([10, 20]);
  });

  it("prefers the region that is wanted", () => {
    const found = [
      candidate(1, { language: "pt", fromTrusted: true }),
      candidate(2, { language: "pt-BR" }),
      candidate(3, { language: "pt-PT" }),
    ];
    expect(order(found, {}, "pt-BR")).toEqual([2, 1]);
  });
});

describe("names of releases", () => {
  const own = "The.Lantern.2019.1080p.BluRay.x264-GROUP";
  it("are alike by source, cut and group before resolution", () => {
    const same = releaseLikeness(own, "the lantern 2019 1080p bluray x264-group");
    const lower = releaseLikeness(own, "The.Lantern.2019.720p.BRRip.x264-GROUP");
    const web = releaseLikeness(own, "The.Lantern.2019.1080p.WEB-DL.x264-OTHER");
    const longer = releaseLikeness(own, "The.Lantern.2019.Extended.1080p.BluRay.x264-GROUP");
    expect(same).toBe(1);
    expect(lower).toBeGreaterThan(web);
    expect(lower).toBeGreaterThan(longer);
    expect(releaseLikeness(own, null)).toBe(0);
  });
});
