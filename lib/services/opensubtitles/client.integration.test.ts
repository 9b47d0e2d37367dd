import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { films } from "@/tests/upstreams/films";
import {
  type OpenSubtitlesStandIn,
  openSubtitlesAccount,
  startOpenSubtitles,
} from "@/tests/upstreams/opensubtitles";
import {
  type OfferedSubtitle,
  offeredFor,
  releaseOf,
} from "@/tests/upstreams/opensubtitles-library";
import { createOpenSubtitles, type OpenSubtitlesOptions, type StoredState } from "./client";

const hash = "5b8f8f4e41ccb21e";
const [film] = films;
if (!film) throw new Error("there are no films");
const wrongFilm: OfferedSubtitle = {
  fileId: 99,
  language: "en",
  release: "Arrowhead.S02E05.HDTV",
  imdbId: "tt3128398",
  title: "The Wrong One",
  year: 2013,
  featureType: "Episode",
  movieHashes: [hash],
};
const rightFilm: OfferedSubtitle = {
  ...wrongFilm,
  fileId: 98,
  release: releaseOf(film),
  imdbId: "tt7000001",
  title: "The Salt Cartographer",
  featureType: "Movie",
};

let standIn: OpenSubtitlesStandIn;
let kept: StoredState | null;
beforeEach(async () => {
  kept = null;
  standIn = await startOpenSubtitles({
    subtitles: [wrongFilm, rightFilm, ...offeredFor(films.slice(0, 3))],
  });
});
afterEach(() => standIn.close());

const client = (options: Partial<OpenSubtitlesOptions> = {}) =>
  createOpenSubtitles({
    ...openSubtitlesAccount,
    apiUrl: standIn.apiUrl,
    userAgent: "Vigilio v1.0.0",
    state: {
      load: () => kept,
      save: (state) => {
        kept = state;
      },
    },
    retryDelaysMs: [1, 1],
    ...options,
  });

const errorOf = (work: Promise<unknown>): Promise<UpstreamError> =>
  work.then(
    () => Promise.reject(new Error("nothing failed")),
    (error) => error,
  );

describe("search", () => {
  it("asks by canonical addresses, without a login", async () => {
    const found = await client().search({
      movieHash: hash,
      imdbId: "tt7000001",
      query: releaseOf(film),
      languages: ["tr", "en"],
    });
    expect(standIn.steps).toEqual([
      `subtitles imdb_id=7000001&languages=en%2Ctr&moviehash=${hash}&query=the.salt.cartographer.2021.1080p.web-dl.x264-lamp`,
    ]);
    expect(standIn.requests[0]?.headers).toMatchObject({
      "api-key": openSubtitlesAccount.apiKey,
      "user-agent": "Vigilio v1.0.0",
    });
    // A hash match comes first, and may be another film: whoever takes it looks at the id.
    expect(found.slice(0, 3).map((one) => [one.fileId, one.imdbId, one.movieHashMatch])).toEqual([
      [99, "tt3128398", true],
      [98, "tt7000001", true],
      [1001, "tt7000001", false],
    ]);
  });

  it("tells what a candidate is", async () => {
    const found = await client().search({ imdbId: "tt7000001", languages: ["en", "tr", "pt-BR"] });
    const by = (fileId: number) => found.find((one) => one.fileId === fileId);
    expect(by(1001)).toMatchObject({
      language: "en",
      fromTrusted: true,
      fps: 23.976,
      cdCount: 1,
      movieHashMatch: false,
      tmdbId: 7000001,
    });
    expect(by(1901)).toMatchObject({ cdCount: 2 });
    expect(by(1902)).toMatchObject({ hearingImpaired: true });
    expect(by(1903)).toMatchObject({ foreignPartsOnly: true });
    expect(by(1904)).toMatchObject({ aiTranslated: true });
    expect(by(1905)).toBeUndefined();
    expect(by(1006)).toMatchObject({ language: "pt-BR" });
  });

  it("offers machine translations only when asked for", async () => {
    const found = await client().search({
      imdbId: "tt7000001",
      languages: ["tr"],
      withMachineTranslated: true,
    });
    expect(found.find((one) => one.fileId === 1905)).toMatchObject({ machineTranslated: true });
  });

  it("finds nothing quietly, and asks nothing without a language", async () => {
    expect(await client().search({ imdbId: "tt9999999", languages: ["en"] })).toEqual([]);
    standIn.steps.length = 0;
    expect(await client().search({ imdbId: "tt7000001", languages: [] })).toEqual([]);
    expect(standIn.steps).toEqual([]);
  });

  it("reads a second page and no third", async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({ ...rightFilm, fileId: index + 1 }));
    const large = await startOpenSubtitles({ subtitles: many });
    const found = await client({ apiUrl: large.apiUrl }).search({
      imdbId: "tt7000001",
      languages: ["en"],
    });
    await large.close();
    expect(found).toHaveLength(100);
    expect(large.steps.map((step) => step.slice(-7))).toEqual(["ages=en", "&page=2"]);
  });

  it("follows a redirect on the same host, and none to another", async () => {
    const location = "/api/v1/subtitles?imdb_id=7000001&languages=en";
    standIn.fail({ status: 301, headers: { location } });
    const found = await client().search({ imdbId: "tt7000002", languages: ["en"] });
    expect(found[0]?.imdbId).toBe("tt7000001");

    const elsewhere = await startOpenSubtitles();
    standIn.fail({ status: 301, headers: { location: `${elsewhere.apiUrl}/subtitles` } });
    const error = await errorOf(client().search({ imdbId: "tt7000001", languages: ["en"] }));
    expect(error).toMatchObject({ fault: "broken" });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it("gives up on redirects without end", async () => {
    standIn.failAlways({ status: 301, headers: { location: "/api/v1/subtitles?a=b" } });
    const error = await errorOf(client().search({ imdbId: "tt7000001", languages: ["en"] }));
    expect(error).toMatchObject({ fault: "broken" });
    expect(standIn.requests).toHaveLength(4);
  });

  it("lets nothing odd into the address", async () => {
    const languages = ["en"];
    await expect(client().search({ movieHash: "abc", languages })).rejects.toThrow(TypeError);
    await expect(client().search({ imdbId: "7000001", languages })).rejects.toThrow(TypeError);
    await expect(client().search({ query: " ", languages })).rejects.toThrow(TypeError);
    expect(standIn.requests).toEqual([]);
  });
});

describe("download", () => {
  it("logs in once, asks for a link, and fetches it without a key", async () => {
    const os = client();
    const got = await os.download(1001);
    await os.download(1002);
    expect(standIn.steps).toEqual([
      "login",
      "download 1001",
      "link 1001",
      "download 1002",
      "link 1002",
    ]);
    expect(got.bytes.toString("utf8")).toMatch(/^1\r\n00:00:01,000 --> 00:00:03,800\r\nYou said/);
    expect(got).toMatchObject({ fileName: `${releaseOf(film)}.srt`, remaining: 19 });
    expect(got.resetAt.getTime()).toBeGreaterThan(Date.now());
    const link = standIn.requests.find((request) => request.path.startsWith("/download/"));
    expect(link?.headers["user-agent"]).toBe("Vigilio v1.0.0");
    expect(link?.headers["api-key"]).toBeUndefined();
    expect(link?.headers.authorization).toBeUndefined();
  });

  it("keeps the token over a restart", async () => {
    await client().download(1001);
    await client().download(1002);
    expect(standIn.steps.filter((step) => step === "login")).toHaveLength(1);
  });

  it("renews a token that is no longer taken, once", async () => {
    const os = client();
    await os.download(1001);
    standIn.expireTokens();
    await os.download(1002);
    expect(standIn.steps.slice(3)).toEqual(["login", "download 1002", "link 1002"]);

    standIn.steps.length = 0;
    standIn.failAlways({ status: 401, body: '{"errors":["Invalid token"],"status":401}' });
    expect(await errorOf(os.download(1003))).toMatchObject({ fault: "credentials" });
    // The download, and the login that was to mend it.
    expect(standIn.requests.slice(-2).map(({ path }) => path)).toEqual([
      "/api/v1/download",
      "/api/v1/login",
    ]);
  });

  it("sends a wrong password once", async () => {
    const os = client({ password: "wrong" });
    const [first, second] = await Promise.all([
      errorOf(os.download(1001)),
      errorOf(os.download(1002)),
    ]);
    const third = await errorOf(client({ password: "wrong" }).userInfo());
    expect([first, second, third].map((error) => error.fault)).toEqual([
      "credentials",
      "credentials",
      "credentials",
    ]);
    expect(standIn.steps).toEqual(["login"]);
    expect((await client().userInfo()).remainingDownloads).toBe(20);
  });

  it("works without an account, as long as that is allowed", async () => {
    const os = client({ username: null, password: null });
    expect((await os.download(1001)).bytes.length).toBeGreaterThan(0);
    expect(standIn.steps).toEqual(["download 1001", "link 1001"]);
    expect(await errorOf(os.userInfo())).toMatchObject({ fault: "credentials" });
  });

  it("stops asking when the day's downloads are used up, and says until when", async () => {
    const resetAt = new Date(Date.now() + 3_600_000);
    const strict = await startOpenSubtitles({ allowedDownloads: 1, resetAt });
    const os = client({ apiUrl: strict.apiUrl });
    expect(os.quota()).toBeNull();
    await os.download(1001);
    expect(os.quota()).toEqual({ remaining: 0, resetAt });
    const spent = await errorOf(os.download(1002));
    expect(spent).toMatchObject({ fault: "quota", options: { retryAt: resetAt } });
    strict.steps.length = 0;
    // Not even after a restart; searching goes on.
    expect(await errorOf(client({ apiUrl: strict.apiUrl }).download(1002))).toMatchObject({
      fault: "quota",
      options: { retryAt: resetAt },
    });
    expect(strict.steps).toEqual([]);
    expect(await os.search({ imdbId: "tt7000002", languages: ["en"] })).toHaveLength(1);
    // Somebody bought more.
    strict.setRemaining(5);
    expect(await os.userInfo()).toMatchObject({ remainingDownloads: 5 });
    // The answer of the account has no time: the one that was told before still holds.
    expect(os.quota()).toEqual({ remaining: 5, resetAt });
    expect((await os.download(1002)).remaining).toBe(4);
    expect(client({ apiUrl: strict.apiUrl }).quota()).toEqual({ remaining: 4, resetAt });
    await strict.close();
  });

  it("drops a file that is unknown, which is no quota", async () => {
    const os = client();
    expect(await errorOf(os.download(424242))).toMatchObject({ fault: "not-found" });
    expect((await os.download(1001)).remaining).toBe(19);
  });

  it("asks for another link when one is gone, once", async () => {
    const gone = { status: 410, body: "The link is invalid or expired" };
    standIn.failAt("/download/", gone);
    expect((await client().download(1001)).bytes.length).toBeGreaterThan(0);
    expect(standIn.steps).toEqual(["login", "download 1001", "download 1001", "link 1001"]);

    standIn.failAt("/download/", gone, gone);
    expect(await errorOf(client().download(1002))).toMatchObject({ fault: "not-found" });
    expect(standIn.steps.slice(4)).toEqual(["download 1002", "download 1002"]);
  });

  it("does not pay twice when the fetching of a link fails", async () => {
    const os = client();
    standIn.failAt("/download/", "html-200");
    expect(await errorOf(os.download(1001))).toMatchObject({ fault: "broken" });
    expect((await os.download(1001)).remaining).toBe(19);
    expect(standIn.steps).toEqual(["login", "download 1001", "link 1001"]);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["more than 2 MB", Buffer.alloc(2 * 1024 * 1024 + 1, "a")],
  ])("has no use for %s: another candidate is needed", async (_, content) => {
    const odd = await startOpenSubtitles({ subtitles: [{ ...rightFilm, content }] });
    const error = await errorOf(client({ apiUrl: odd.apiUrl }).download(98));
    await odd.close();
    expect(error).toMatchObject({ fault: "not-found" });
  });

  it("gives bytes as they came", async () => {
    const content = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from("1\n")]);
    const odd = await startOpenSubtitles({ subtitles: [{ ...rightFilm, content }] });
    const { bytes } = await client({ apiUrl: odd.apiUrl }).download(98);
    await odd.close();
    expect(bytes).toEqual(content);
  });

  it("fetches no link on a host that is not OpenSubtitles'", async () => {
    const elsewhere = await startOpenSubtitles();
    standIn.setNames({ linkOrigin: new URL(elsewhere.apiUrl).origin });
    expect(await errorOf(client().download(1001))).toMatchObject({ fault: "broken" });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it("stays where it is when a login names a host that is not OpenSubtitles'", async () => {
    standIn.setNames({ baseUrl: "evil.example" });
    await client().download(1001);
    expect(kept?.apiUrl).toBe(standIn.apiUrl);
  });

  it("never repeats what may have been charged", async () => {
    const os = client();
    await os.userInfo();
    const before = standIn.requests.length;
    standIn.failAlways("html");
    expect(await errorOf(os.download(1001))).toMatchObject({ fault: "broken" });
    standIn.failAlways("down");
    expect(await errorOf(os.download(1001))).toMatchObject({ fault: "unreachable" });
    expect(standIn.requests.length - before).toBe(2);
  });
});

describe("manners", () => {
  it("are at most four a second, one at a time", async () => {
    const os = client();
    await Promise.all(
      ["en", "tr", "de", "fr", "es", "ru"].map((language) =>
        os.search({ imdbId: "tt7000001", languages: [language] }),
      ),
    );
    expect(standIn.steps).not.toContain("turned away");
    expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it("wait when turned away", async () => {
    standIn.fail({ status: 429, headers: { "retry-after": "1" }, body: "Throttle limit reached." });
    const found = await client().search({ imdbId: "tt7000001", languages: ["en"] });
    expect(found.length).toBeGreaterThan(0);
    expect(standIn.requests).toHaveLength(2);
  });

  it.each([
    ["html", "broken", 3],
    ["down", "unreachable", 3],
    ["rate-limit", "rate-limited", 3],
    ["html-200", "broken", 1],
    ["broken-json", "broken", 1],
    ["wrong-shape", "broken", 1],
  ] as const)("%s for good is %s after %i tries", async (failure, fault, tries) => {
    standIn.failAlways(failure);
    const error = await errorOf(client().search({ imdbId: "tt7000001", languages: ["en"] }));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.fault).toBe(fault);
    expect(standIn.requests).toHaveLength(tries);
  });

  it("end in time", async () => {
    standIn.failAlways("slow");
    const error = await errorOf(
      client({ timeoutMs: 60 }).search({ imdbId: "tt7000001", languages: ["en"] }),
    );
    expect(error).toMatchObject({ fault: "timeout" });
  });

  it("are refused with a generic name or a wrong key", async () => {
    const question = { imdbId: "tt7000001", languages: ["en"] };
    for (const odd of [{ userAgent: "node" }, { apiKey: "wrong" }]) {
      const error = await errorOf(client(odd).search(question));
      expect(error).toMatchObject({ fault: "credentials", options: { status: 403 } });
    }
    expect(standIn.requests).toHaveLength(2);
  });

  it("keep keys, passwords and tokens out of errors", async () => {
    const os = client();
    await os.userInfo();
    for (const failure of ["down", "html", "broken-json", "wrong-shape"] as const) {
      standIn.failAlways(failure);
      const error = await errorOf(os.userInfo());
      const all = JSON.stringify(error, Object.getOwnPropertyNames(error)) + error.stack;
      for (const secret of [
        openSubtitlesAccount.apiKey,
        openSubtitlesAccount.password,
        kept?.token,
      ]) {
        expect(all).not.toContain(secret);
      }
    }
  });
});
