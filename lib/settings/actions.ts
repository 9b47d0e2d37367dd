"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { Db } from "@/lib/db";
import { type Env, env } from "@/lib/env";
import { fieldError } from "@/lib/errors";
import { adminAction } from "@/lib/web/action";
import { connect } from "./connect";
import { saveSettings } from "./mutations";
import { settingDefinitions } from "./schema";

/** A key as it would be used once saved. @throws AppError 422 when TMDB refuses it; UpstreamError. */
async function verifyTmdbKey(db: Db, of: Env, key: string): Promise<void> {
  const tmdb = connect(db, { ...of, values: { ...of.values, TMDB_API_KEY: key } }).tmdb();
  const verdict = await tmdb?.verifyKey();
  if (verdict === undefined || verdict === true) return;
  if (verdict.fault === "credentials") throw fieldError("tmdbApiKey", "tmdb-key-refused");
  throw verdict;
}

const tmdbKeyForm = z.object({
  tmdbApiKey: settingDefinitions.tmdbApiKey.schema.unwrap(),
  /** Set when TMDB could not be asked and the person wants to go on anyway. */
  unchecked: z.string().optional(),
});

/** Saves the TMDB key after TMDB itself took it. */
export const saveTmdbKeyAction = adminAction(
  tmdbKeyForm,
  async ({ tmdbApiKey, unchecked }, { db, now }) => {
    if (!unchecked) await verifyTmdbKey(db, env(), tmdbApiKey);
    saveSettings(db, { patch: { tmdbApiKey }, env: env(), now });
    redirect("/setup/subtitles");
  },
);

const languageChoice = z.union([
  z.literal("").transform(() => undefined),
  settingDefinitions.subtitleLanguages.schema.element,
]);

const languagesForm = z.object({
  first: languageChoice,
  second: languageChoice,
  third: languageChoice,
});

/** Saves the household's subtitle languages, in order; the same one twice counts once. */
export const saveSubtitleLanguagesAction = adminAction(
  languagesForm,
  ({ first, second, third }, { db, now }) => {
    const chosen = [first, second, third].filter((language) => language !== undefined);
    const patch = { subtitleLanguages: [...new Set(chosen)] };
    saveSettings(db, { patch, env: env(), now });
    redirect("/setup/opensubtitles");
  },
);

const blankIsNull = z.string().transform((text) => text.trim() || null);

const openSubtitlesForm = z.object({
  openSubtitlesApiKey: z.string().trim().min(1),
  openSubtitlesUsername: blankIsNull,
  openSubtitlesPassword: blankIsNull,
});

/** Saves the account that subtitles are fetched with. */
export const saveOpenSubtitlesAction = adminAction(openSubtitlesForm, (patch, { db, now }) => {
  saveSettings(db, { patch, env: env(), now });
  redirect("/setup/done");
});
