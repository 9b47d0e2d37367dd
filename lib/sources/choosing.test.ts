import { describe, expect, it } from "vitest";
import { type FoundFilm, groupFilms, type KnownRelease } from "./group";
import { type ReleaseWishes, rankReleases } from "./rank";
import { readinessOf } from "./readiness";
import { readReleaseName } from "./release-name";

const speed = { picture: 2, sound: 60 };
const options = { modernCodecs: "convert", speed, runtimeMinutes: 120 } as const;
const readyFor = (name: string, more: Partial<Parameters<typeof readinessOf>[1]> = {}) =>
  readinessOf(readReleaseName(name), { ...options, ...more });

describe("how soon a release is ready", () => {
  it.each([
    ["Night.Bus.2021.1080p.WEBRip.x264.AAC-LAMP", "at-once", 0],
    ["Night.Bus.2021.720p.WEB.H264-LAMP", "at-once", 0],
    ["Night.Bus.2021.1080p.WEB-DL.DDP5.1.H.264-LAMP", "sound", 2],
    ["Night.Bus.2021.1080p.BluRay.x264-LAMP", "sound", 2],
    ["Night.Bus.2021.1080p.BluRay.x264.DTS-HD.MA.5.1-LAMP", "sound", 2],
    ["Night.Bus.2021.1080p.WEBRip.10bit.x265.AAC-LAMP", "picture", 60],
    ["Night.Bus.2021.2160p.WEB-DL.DV.HDR.HEVC.DDP5.1-LAMP", "picture", 240],
    ["Night.Bus.2021.2160p.WEB-LAMP", "picture", 240],
    ["Night.Bus.2021.DVDRip.XviD.AC3-LAMP", "picture", 60],
    ["Night.Bus.2021.1080p.10bit.x264.AAC-LAMP", "picture", 60],
    ["Night.Bus.2021.1080p.WEB.AV1.Opus-LAMP", "picture", 60],
  ] as const)("%s", (name, ready, minutes) => {
    expect(readyFor(name)).toEqual({ ready, minutes });
  });

  it("goes by what the household does with HEVC, and says nothing of a speed that is unknown", () => {
    const name = "Night.Bus.2021.1080p.WEBRip.x265.AAC-LAMP";
    expect(readyFor(name, { modernCodecs: "keep" })).toEqual({ ready: "at-once", minutes: 0 });
    expect(readyFor(name, { speed: null })).toEqual({ ready: "picture", minutes: null });
  });
});

describe("which is offered first", () => {
  const wishes: ReleaseWishes = {
    greatestResolution: 1080,
    greatestBytes: null,
    languages: [],
    avoidedCodecs: [],
  };
  const release = (name: string, gigabytes: number, seeds: number | null, more = {}) => {
    const facts = readReleaseName(name);
    return {
      ...{ name, facts, seeds, isTooLarge: false, ...more },
      readiness: readinessOf(facts, options),
      sizeBytes: gigabytes * 1024 ** 3,
    };
  };
  const order = (releases: ReturnType<typeof release>[], wanted: Partial<ReleaseWishes> = {}) =>
    rankReleases(releases, { ...wishes, ...wanted }).map(({ name }) => name);

  const small = release("A.2021.720p.WEBRip.x264.AAC", 1, 50);
  const good = release("A.2021.1080p.WEBRip.x264.AAC", 2, 50);
  const slow = release("A.2021.1080p.WEBRip.x265.AAC", 1.5, 90);
  const dead = release("A.2021.1080p.WEB.x264.AAC", 1, 0);
  const huge = release("A.2021.2160p.WEB-DL.HEVC.DDP5.1", 20, 200);
  const cam = release("A.2021.1080p.HDCAM.x264", 1, 500);

  it("is the largest picture that is wished for, and then the soonest come", () => {
    const names = order([huge, cam, dead, slow, small, good]);
    expect(names[0]).toBe(good.name);
    expect(names.slice(1, 3)).toEqual([small.name, cam.name]);
    expect(names.at(-1)).toBe(dead.name);
  });

  it("follows the wishes", () => {
    expect(order([good, huge], { greatestResolution: null })[0]).toBe(huge.name);
    expect(order([good, small], { greatestResolution: 720 })[0]).toBe(small.name);
    expect(order([good, small], { greatestBytes: 1.5 * 1024 ** 3 })[0]).toBe(small.name);
    expect(order([slow, small], { avoidedCodecs: ["hevc"] })[0]).toBe(small.name);
    const french = release("A.2021.FRENCH.1080p.WEB.x264.AAC", 1, 50);
    expect(order([french, small], { languages: ["en"] })[0]).toBe(small.name);
    expect(order([french, small], { languages: ["fr-FR"] })[0]).toBe(french.name);
    expect(order([{ ...good, isTooLarge: true }, small])[0]).toBe(small.name);
    expect(order([])).toEqual([]);
  });
});

describe("one film from several sources", () => {
  let count = 0;
  const known = (more: Partial<KnownRelease>): KnownRelease => {
    count += 1;
    return {
      ...{ resultId: `r${count}`, sourceId: "s", sourceName: "S", link: `magnet:?${count}` },
      ...{ name: null, infoHash: null, quality: null, type: null, sizeBytes: null },
      ...{ seeds: null, publishedAt: null, ...more },
    };
  };
  const film = (more: Partial<FoundFilm>): FoundFilm => ({
    ...{ imdbId: null, tmdbId: null, title: "Night Bus", year: 2021, imageUrl: null },
    releases: [known({})],
    ...more,
  });

  it("is put together by its id, or by title and year", () => {
    const groups = groupFilms([
      film({ imdbId: "tt0000001" }),
      film({ imdbId: "tt0000001", title: "Le bus de nuit", imageUrl: "https://p.example/a.jpg" }),
      film({ title: "night  bus!" }),
      film({ year: 1999 }),
      film({ imdbId: "tt0000002" }),
    ]);
    expect(groups.map(({ key, releases }) => [key, releases.length])).toEqual([
      ["tt0000001", 3],
      ["night bus 1999", 1],
      ["tt0000002", 1],
    ]);
    expect(groups[0]).toMatchObject({ title: "Night Bus", imageUrl: "https://p.example/a.jpg" });
  });

  it("learns its id from a later source", () => {
    const [group, ...more] = groupFilms([film({}), film({ imdbId: "tt0000003" })]);
    expect(more).toEqual([]);
    expect(group).toMatchObject({ imdbId: "tt0000003", releases: [{}, {}] });
  });

  it("counts the same torrent once, with the more seeds", () => {
    const hash = "a".repeat(40);
    const [group] = groupFilms([
      film({ releases: [known({ infoHash: hash, seeds: 3 })] }),
      film({ releases: [known({ infoHash: hash, seeds: 9, name: "Night.Bus" }), known({})] }),
    ]);
    expect(group?.releases).toMatchObject([{ seeds: 9, name: "Night.Bus" }, { infoHash: null }]);
  });
});
