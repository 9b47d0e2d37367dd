import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { GET, POST } from "@/app/api/v1/versions/[id]/subtitle-candidates/route";
import { subtitles } from "@/db/schema";
import { addMovieRow, addVersionRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";
import {
  type OpenSubtitlesStandIn,
  openSubtitlesAccount,
  startOpenSubtitles,
} from "./upstreams/opensubtitles";
import { srtOf } from "./upstreams/subtitle-texts";

const token = "the-token-of-the-environment-of-these-tests";
const movieHash = "0123456789abcdef";
const film = { imdbId: "tt7000001", tmdbId: 7_000_001, title: "The Lamp", year: 2021 };
const srt = "1\n00:00:01,000 --> 00:00:02,000\nThe lamp was lit before the sea came up.\n";

let dir: string;
let site: TestSite;
let upstream: OpenSubtitlesStandIn;
let versionId: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-candidates-"));
  upstream = await startOpenSubtitles({
    subtitles: [
      { ...film, fileId: 11, language: "en", release: "The.Lamp.2021.720p", downloadCount: 900 },
      { ...film, fileId: 12, language: "en", release: "The.Lamp.2021", movieHashes: [movieHash] },
      { ...film, fileId: 13, language: "en", release: "x", hearingImpaired: true, content: srt },
      { ...film, fileId: 14, language: "en", release: "y", content: "Just a few words." },
      { ...film, fileId: 15, language: "de", release: "z" },
      { ...film, fileId: 17, language: "fr", release: "f", foreignPartsOnly: true },
      { ...film, fileId: 18, language: "fr", release: "m", machineTranslated: true },
      { ...film, fileId: 19, language: "fr", release: "w", content: srtOf("fr", 8) },
      { ...film, imdbId: "tt7000002", tmdbId: 7_000_002, fileId: 16, language: "en", release: "o" },
    ],
  });
  site = testSite({
    VIGILIO_DATA_DIR: dir,
    VIGILIO_API_TOKEN: token,
    OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
    OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
    OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
    OPENSUBTITLES_API_URL: upstream.apiUrl,
    SUBTITLE_LANGUAGES: "de",
  });
  const movieId = addMovieRow(site.db, { title: film.title, imdbId: film.imdbId });
  versionId = addVersionRow(site.db, { movieId, movieHash }).id;
});
afterEach(async () => {
  await upstream.close();
  site[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

async function call(route: typeof GET, { query = "", body }: { query?: string; body?: object }) {
  const answer = await route(
    new Request(`http://vigilio.test/api/v1/versions/${versionId}/subtitle-candidates${query}`, {
      method: route.spec.method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
    { params: Promise.resolve({ id: versionId }) },
  );
  return { status: answer.status, data: await answer.json() };
}

const offered = async (query: string) => (await call(GET, { query })).data.items;

it("offers this film's subtitles, the one for the very file first", async () => {
  const items = await offered("?language=en");
  expect(items.map(({ candidateId }: { candidateId: string }) => candidateId)).toEqual([
    "12.en",
    "11.en",
    expect.stringMatching(/^1[34]/),
    expect.stringMatching(/^1[34]/),
  ]);
  expect(items[0]).toMatchObject({ matchesFile: true, language: "en" });
  // Without a language those of the household are asked for.
  expect((await offered("")).map((item: { candidateId: string }) => item.candidateId)).toEqual([
    "15.de",
  ]);
});

it("tells foreign parts and machines apart, after what is whole and written by people", async () => {
  const items = await offered("?language=fr");
  expect(items).toMatchObject([
    { candidateId: "19.fr", forced: false, machineTranslated: false, isTaken: false },
    { candidateId: "17.fr.f", forced: true, machineTranslated: false },
    { candidateId: "18.fr.m", forced: false, machineTranslated: true },
  ]);
  await call(POST, { body: { candidateId: "19.fr" } });
  expect((await offered("?language=fr"))[0]).toMatchObject({ candidateId: "19.fr", isTaken: true });
  // Taken by a person: a search leaves it alone.
  expect(site.db.select().from(subtitles).all()).toMatchObject([{ picked: true }]);
});

it("takes one, and pays for it once", async () => {
  const taken = await call(POST, { body: { candidateId: "13.en.h" } });
  expect(taken).toMatchObject({
    status: 201,
    data: { language: "en", source: "opensubtitles", hearingImpaired: true },
  });
  const [row] = site.db.select().from(subtitles).all();
  expect(row?.sourceKey).toBe("13");
  const again = await call(POST, { body: { candidateId: "13.en.h" } });
  expect(again.data.id).toBe(taken.data.id);
  expect(upstream.steps.filter((step) => step === "download 13")).toHaveLength(1);
  const folder = site.db.$client.prepare("select folder from versions").pluck().get() as string;
  const vtt = join(dir, "media", folder, "subtitles", `${taken.data.id}.vtt`);
  expect(readFileSync(vtt, "utf8")).toContain("The lamp was lit");
});

it("says what was wrong with what came, or with the choice", async () => {
  for (const candidateId of ["14.en", "../12.en", "12"]) {
    const refused = await call(POST, { body: { candidateId } });
    expect(refused.status, candidateId).toBe(422);
    expect(refused.data.errors).toHaveProperty("candidateId");
  }
  expect(site.db.select().from(subtitles).all()).toEqual([]);
  upstream.setRemaining(0);
  expect((await call(POST, { body: { candidateId: "12.en" } })).status).toBe(503);
});
