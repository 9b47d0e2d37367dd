import { describe, expect, it } from "vitest";
import { errorOf, isHtml, resetOf } from "./answers";
import { apiUrlAfterLogin, isAcceptedAddress } from "./hosts";
import { languageOf, serviceCodesOf } from "./languages";
import { shownFileName, toCandidates, toUserInfo } from "./map";
import { wireSearch, wireUserInfo } from "./wire";

const row = (attributes: object, files: object[] = [{ file_id: 7, file_name: "a.srt" }]) => ({
  attributes: { subtitle_id: "1", language: "en", files, ...attributes },
});
const candidates = (...rows: object[]) =>
  toCandidates(wireSearch.parse({ total_pages: 1, data: rows }).data);

describe("toCandidates", () => {
  it("pads IMDb ids again", () => {
    const [one] = candidates(
      row({ feature_details: { imdb_id: 73195, tmdb_id: 578, year: 1975 } }),
    );
    expect(one).toMatchObject({ imdbId: "tt0073195", tmdbId: 578, year: 1975 });
    const [two] = candidates(row({ feature_details: { imdb_id: 12345678 } }));
    expect(two?.imdbId).toBe("tt12345678");
  });

  it("knows what is not known", () => {
    const unknown = row({
      fps: 0,
      from_trusted: null,
      release: "",
      votes: 0,
      ratings: 0,
      feature_details: { imdb_id: null, tmdb_id: null },
    });
    expect(candidates(unknown)[0]).toMatchObject({
      fps: null,
      fromTrusted: false,
      release: null,
      rating: null,
      imdbId: null,
      movieHashMatch: false,
      cdCount: 1,
    });
  });

  it("counts parts by whichever tells more", () => {
    const two = [
      { file_id: 1, file_name: "cd1" },
      { file_id: 2, file_name: "cd2" },
    ];
    expect(candidates(row({ nb_cd: 2 }))[0]?.cdCount).toBe(2);
    expect(candidates(row({ nb_cd: 1 }, two))[0]).toMatchObject({ cdCount: 2, fileId: 1 });
  });

  it("takes a file once, and leaves rows without one out", () => {
    expect(candidates(row({}), row({ release: "again" }), row({}, []))).toHaveLength(1);
  });
});

describe("toUserInfo", () => {
  const of = (data: object) =>
    toUserInfo(wireUserInfo.parse({ data: { allowed_downloads: 20, ...data } }));
  it("tells what is left, never below nothing", () => {
    expect(of({ remaining_downloads: -1 }).remainingDownloads).toBe(0);
    expect(of({ downloads_count: 5 }).remainingDownloads).toBe(15);
    expect(of({}).remainingDownloads).toBeNull();
  });
});

describe("languages", () => {
  it.each([
    ["en", ["en"]],
    ["pt-BR", ["pt-br"]],
    ["pt", ["pt-br", "pt-pt"]],
    ["zh", ["zh-cn", "zh-tw"]],
    ["zh-Hant", ["zh-tw"]],
    ["en-GB", ["en"]],
    ["nb", ["no"]],
    ["es-419", ["ea"]],
  ])("%s is asked for as %j", (language, codes) => {
    expect(serviceCodesOf(language)).toEqual(codes);
  });
  it("are BCP 47 again in answers", () => {
    expect(["pt-BR", "PT-pt", "zh-CN", "ea", "tr", null].map(languageOf)).toEqual([
      "pt-BR",
      "pt-PT",
      "zh-CN",
      "es-419",
      "tr",
      "und",
    ]);
  });
});

describe("hosts", () => {
  const api = "https://api.opensubtitles.com/api/v1";
  it.each([
    ["https://www.opensubtitles.com/download/ab", true],
    ["https://opensubtitles.com/x", true],
    ["http://www.opensubtitles.com/x", false],
    ["https://www.opensubtitles.com:8443/x", false],
    ["https://evilopensubtitles.com/x", false],
    ["https://opensubtitles.com.evil.org/x", false],
    ["https://user:pw@www.opensubtitles.com/x", false],
    ["https://127.0.0.1/x", false],
    ["file:///etc/passwd", false],
    ["not an address", false],
  ])("%s is accepted: %s", (address, accepted) => {
    expect(isAcceptedAddress(address, api)).toBe(accepted);
  });

  it("accepts the origin of the address that is set, and no other port of it", () => {
    const local = "http://127.0.0.1:4703/api/v1";
    expect(isAcceptedAddress("http://127.0.0.1:4703/download/x", local)).toBe(true);
    expect(isAcceptedAddress("http://127.0.0.1:4704/download/x", local)).toBe(false);
    expect(isAcceptedAddress("https://www.opensubtitles.com/x", local)).toBe(true);
  });

  it("goes where a login says, unless that is not theirs", () => {
    expect(apiUrlAfterLogin("vip-api.opensubtitles.com", api)).toBe(
      "https://vip-api.opensubtitles.com/api/v1",
    );
    for (const odd of [
      "evil.org",
      "evil.org/.opensubtitles.com",
      "a@opensubtitles.com",
      "",
      null,
    ]) {
      expect(apiUrlAfterLogin(odd, api)).toBe(api);
    }
    const proxy = "http://127.0.0.1:4703/os/api/v1";
    expect(apiUrlAfterLogin("127.0.0.1:4703", proxy)).toBe(proxy);
  });
});

describe("shownFileName", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\film.srt", "film.srt"],
    ["film\u0000\u202E.srt", "film.srt"],
    ["..", "subtitle.srt"],
    ["", "subtitle.srt"],
    [null, "subtitle.srt"],
  ])("%j is shown as %s", (given, shown) => {
    expect(shownFileName(given)).toBe(shown);
  });
});

describe("errorOf", () => {
  const now = new Date("2026-01-01T10:00:00Z");
  const of = (status: number, body: object | string = "", headers: Record<string, string> = {}) =>
    errorOf(
      {
        status,
        headers: new Headers(headers),
        body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      },
      now,
    );

  it.each([
    [400, "refused"],
    [401, "credentials"],
    [403, "credentials"],
    [404, "not-found"],
    [410, "not-found"],
    [429, "rate-limited"],
    [500, "broken"],
    [503, "broken"],
    [521, "broken"],
  ])("%i is %s, whatever the body", (status, fault) => {
    expect(of(status, "<!DOCTYPE html>").fault).toBe(fault);
  });

  it("tells a spent quota from an unknown file", () => {
    const spent = of(406, {
      requests: 5,
      remaining: -1,
      message: "You have downloaded your allowed 5 subtitles for 24h.",
      reset_time_utc: "2026-01-01T23:59:59.999Z",
    });
    expect(spent.fault).toBe("quota");
    expect(spent.options.retryAt?.toISOString()).toBe("2026-01-01T23:59:59.999Z");
    expect(of(406, { message: "Invalid file_id" }).fault).toBe("not-found");
    expect(of(406).options.retryAt?.toISOString()).toBe("2026-01-02T00:00:00.000Z");
  });

  it("reads the reason where the body is empty", () => {
    expect(of(400, "", { "x-reason": "moviehash is wrong" }).message).toContain(
      "moviehash is wrong",
    );
  });

  it("repeats nothing that could be a key", () => {
    const { message } = of(403, { message: "Key standInConsumerKey0123456789abcd is disabled" });
    expect(message).toContain("Key … is disabled");
  });

  it("never believes a reset in the past", () => {
    expect(resetOf("2025-12-31T00:00:00Z", now).toISOString()).toBe("2026-01-02T00:00:00.000Z");
    expect(resetOf("soon", now).toISOString()).toBe("2026-01-02T00:00:00.000Z");
  });
});

describe("isHtml", () => {
  const of = (text: string, type = "text/plain") =>
    isHtml({ headers: new Headers({ "content-type": type }), body: Buffer.from(text) });
  it("tells a page from a subtitle with tags", () => {
    expect(of("\uFEFF \n<!DOCTYPE HTML><html>")).toBe(true);
    expect(of("anything", "text/html; charset=utf-8")).toBe(true);
    expect(of("1\n00:00:01,000 --> 00:00:02,000\n<i>Hi</i>")).toBe(false);
  });
});
