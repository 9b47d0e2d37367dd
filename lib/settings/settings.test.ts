import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { jobs, movies, settings } from "@/db/schema";
import { variables } from "@/lib/env";
import { reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { type TestSite, testSite } from "@/tests/support/site";
import { isDemo, settingItems, settingOf, settingSourcesOf, settingsOf } from "./data";
import { saveSettings } from "./mutations";
import { settingDefinition, settingKeys } from "./schema";

const now = new Date("2026-03-01T10:00:00Z");
const key = "0123456789abcdef0123456789abcdef";
let site: TestSite;
beforeEach(() => {
  site = testSite({
    SUBTITLE_LANGUAGES: "tr,en",
    OPENSUBTITLES_API_KEY: "secret of the environment",
  });
});
afterEach(() => site[Symbol.dispose]());

const save = (patch: Record<string, unknown>) =>
  saveSettings(site.db, { patch, env: site.env, now });
const item = (name: string) => settingItems(site.db, site.env).find((one) => one.key === name);

test("every variable of the environment is a setting, and every default fits its schema", () => {
  const owned = settingKeys.map((name) => settingDefinition(name).variable).filter(Boolean);
  expect(new Set(owned)).toEqual(new Set(Object.keys(variables)));
  for (const name of settingKeys) {
    const { schema, default: fallback } = settingDefinition(name);
    expect(schema.safeParse(fallback).success, name).toBe(true);
  }
  for (const [name, variable] of Object.entries(variables)) {
    const setting = settingKeys.find((one) => settingDefinition(one).variable === name);
    const isSecret = setting && settingDefinition(setting).secret === true;
    expect(isSecret, name).toBe("secret" in variable);
  }
});

test("the environment wins over what was saved, that over the default", () => {
  site.db
    .insert(settings)
    .values({ key: "subtitleLanguages", value: ["de"], updatedAt: now })
    .run();
  save({ metadataLanguage: "tr", seedRatioLimit: null });
  const values = settingsOf(site.db, site.env);
  expect(values.subtitleLanguages).toEqual(["tr", "en"]);
  expect(values.metadataLanguage).toBe("tr");
  expect(values.seedRatioLimit).toBeNull();
  expect(values.seedDaysLimit).toBe(7);
  expect(settingSourcesOf(site.db, site.env)).toMatchObject({
    subtitleLanguages: "environment",
    metadataLanguage: "saved",
    seedDaysLimit: "default",
  });
});

test("a saved value that no longer fits is the default, not a fault", () => {
  site.db.insert(settings).values({ key: "seedDaysLimit", value: "long", updatedAt: now }).run();
  expect(settingOf(site.db, site.env, "seedDaysLimit")).toBe(7);
});

describe("what is shown", () => {
  test("says of a secret only whether it is set", () => {
    expect(item("tmdbApiKey")).toMatchObject({ isSet: false, source: "default", editable: true });
    save({ tmdbApiKey: key });
    expect(item("tmdbApiKey")).toMatchObject({ isSet: true, source: "saved" });
    expect(item("openSubtitlesApiKey")).toMatchObject({ isSet: true, editable: false });
    const text = JSON.stringify(settingItems(site.db, site.env));
    expect(text).not.toContain(key);
    expect(text).not.toContain("secret of the environment");
  });

  test("says what cannot be changed here", () => {
    expect(item("subtitleLanguages")).toMatchObject({
      value: ["tr", "en"],
      source: "environment",
      editable: false,
      variable: "SUBTITLE_LANGUAGES",
    });
    expect(item("ffmpegPath")).toMatchObject({ editable: false });
  });
});

describe("saving", () => {
  const refused = (patch: Record<string, unknown>) => {
    try {
      save(patch);
    } catch (error) {
      return (error as { fields?: Record<string, { code: string }> }).fields;
    }
    return undefined;
  };

  test("is all or none, with a reason by key", () => {
    const fields = refused({
      metadataLanguage: "tr",
      subtitleLanguages: ["de"],
      seedDaysLimit: -1,
      tmdbApiKey: "not a key",
      ffmpegPath: "/tmp/evil",
      demo: false,
      nonsense: 1,
      toString: 1,
    });
    expect(Object.fromEntries(Object.entries(fields ?? {}).map(([k, v]) => [k, v.code]))).toEqual({
      subtitleLanguages: "setting-owned",
      seedDaysLimit: "field-too-small",
      tmdbApiKey: "tmdb-key-malformed",
      ffmpegPath: "setting-environment-only",
      demo: "setting-environment-only",
      nonsense: "setting-unknown",
      toString: "setting-unknown",
    });
    expect(site.db.select().from(settings).all()).toEqual([]);
  });

  test("null goes back to the default, and is a value where it means no limit", () => {
    save({ tmdbApiKey: key, membersMayAdd: true });
    save({ tmdbApiKey: null, membersMayAdd: null, uploadKibibytesPerSecond: null });
    expect(site.db.select().from(settings).all()).toEqual([]);
    save({ seedRatioLimit: null });
    expect(settingOf(site.db, site.env, "seedRatioLimit")).toBeNull();
  });
});

test("demo mode is switched by the environment or by what its command saved", () => {
  expect(isDemo(site.db, site.env)).toBe(false);
  site.db.insert(settings).values({ key: "demo", value: true, updatedAt: now }).run();
  expect(isDemo(site.db, site.env)).toBe(true);
});

test("a TMDB key that is saved asks for what was missing without one", () => {
  const movie = {
    title: "Film",
    sortTitle: "film",
    status: "ready",
    metadataState: "missing",
  } as const;
  site.db
    .insert(movies)
    .values({ id: "0123456789abcdef", ...movie, addedAt: now, updatedAt: now })
    .run();
  save({ metadataLanguage: "tr" });
  expect(site.db.select().from(jobs).all()).toEqual([]);
  save({ tmdbApiKey: key });
  expect(site.db.select().from(jobs).all()).toMatchObject([{ kind: "fetch-metadata" }]);
});

test("an OpenSubtitles password that is saved makes a refused search again, and no other", () => {
  site.db
    .insert(movies)
    .values({
      id: "0123456789abcdef",
      title: "Film",
      sortTitle: "film",
      status: "ready",
      metadataState: "complete",
      addedAt: now,
      updatedAt: now,
    })
    .run();
  const failed = (versionId: string, code: string) => {
    const job = enqueue(
      site.db,
      "find-subtitles",
      { movieId: "0123456789abcdef", versionId },
      { now },
    );
    site.db
      .update(jobs)
      .set({ status: "failed", lastError: reason(code), finishedAt: now })
      .where(eq(jobs.id, job))
      .run();
  };
  failed("1111111111111111", "opensubtitles-credentials");
  failed("2222222222222222", "original-missing");
  const queued = () =>
    site.db
      .select()
      .from(jobs)
      .all()
      .filter(({ status }) => status === "queued");
  save({ metadataLanguage: "tr" });
  expect(queued()).toEqual([]);
  save({ openSubtitlesPassword: "the right one" });
  expect(queued()).toMatchObject([{ payload: { versionId: "1111111111111111" } }]);
});
