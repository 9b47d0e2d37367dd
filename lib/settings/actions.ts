"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { Db } from "@/lib/db";
import { env } from "@/lib/env";
import { adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import {
  changeOpenSubtitles,
  changeQbittorrent,
  changeTmdbKey,
  tryOpenSubtitlesAccount,
  tryQbittorrent,
  tryTmdbKey,
} from "./commands";
import { formFaults } from "./form-faults";
import { saveSettings } from "./mutations";
import {
  openSubtitlesAccount,
  qbittorrentAccess,
  type SettingKey,
  settingDefinitions,
  tmdbKeyForm,
} from "./schema";
import { searchWishesForm } from "./search-wishes";
import { deadForm, networkForm, speedForm } from "./transfer-form";

/** Saves the TMDB key after TMDB itself took it. */
export const saveTmdbKeyAction = adminAction(tmdbKeyForm, async (form, { db, now }) => {
  await changeTmdbKey({ db, env: env(), now }, form);
  redirect("/setup/subtitles");
});

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

/** Saves the account that subtitles are fetched with, after it was tried. */
export const saveOpenSubtitlesAction = adminAction(
  openSubtitlesAccount.extend({ openSubtitlesApiKey: z.string().trim().min(1) }),
  async (form, { db, now }) => {
    await changeOpenSubtitles({ db, env: env(), now }, form);
    redirect("/setup/sources");
  },
);

/** What the settings page saves. Unlike the steps of setting up, these stay where they are. */
function save(db: Db, patch: Partial<Record<SettingKey, unknown>>, now: Date): void {
  saveSettings(db, { patch, env: env(), now });
}

/** Saves another TMDB key after TMDB itself took it. */
export const changeTmdbKeyAction = adminAction(tmdbKeyForm, async (form, { db, now }) => {
  await changeTmdbKey({ db, env: env(), now }, form);
  return null;
});

const plainForm = z.strictObject({
  tmdbApiKey: z.null(),
  metadataLanguage: settingDefinitions.metadataLanguage.schema,
  subtitleLanguages: settingDefinitions.subtitleLanguages.schema,
  subtitlesPerLanguage: settingDefinitions.subtitlesPerLanguage.schema,
  membersMayAdd: settingDefinitions.membersMayAdd.schema,
  landingPage: settingDefinitions.landingPage.schema,
});

/** Saves what needs no look at a service first; null takes a key away. */
export const changeSettingsAction = adminAction(plainForm.partial(), (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

const languageForm = plainForm.pick({ metadataLanguage: true });

/** Saves the language of titles and stories. */
export const changeMetadataLanguageAction = adminAction(languageForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Null when a field was left empty. */
const numberOrNone = (most: number) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === "") return null;
      const value = Number(text.replace(",", "."));
      if (Number.isFinite(value) && value >= 0 && value <= most) return value;
      context.addIssue({ code: "custom", message: "number-out-of-range" });
      return z.NEVER;
    });

const seedingForm = z.object({
  seedRatioLimit: numberOrNone(9999),
  seedDaysLimit: numberOrNone(3650),
});

/** Saves how long torrents give back; an empty field is no limit. */
export const changeSeedingAction = adminAction(seedingForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Saves how fast torrents may be, always and by the hour. */
export const changeSpeedAction = adminAction(speedForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Saves by which port and network interface Vigilio's own qBittorrent speaks to others. */
export const changeNetworkAction = adminAction(networkForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Saves when a release counts as dead, and whether another is taken without asking. */
export const changeDeadReleasesAction = adminAction(deadForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** An empty field is the default's own way. */
const wholeOrNone = (least: number, most: number) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === "") return null;
      const value = Number(text);
      if (Number.isInteger(value) && value >= least && value <= most) return value;
      context.addIssue({ code: "custom", message: "number-out-of-range" });
      return z.NEVER;
    });

/** Radix's switch sends "on", or nothing at all. */
const switched = z
  .literal("on")
  .optional()
  .transform((sent) => sent === "on");

/** What is not sent because the environment decides it stays as it is. */
const conversionForm = z.object({
  modernCodecs: settingDefinitions.modernCodecs.schema,
  greatestHeight: wholeOrNone(240, 2160),
  keepSurround: switched,
  clearVoice: switched,
  pictureQuality: z.coerce.number().pipe(settingDefinitions.pictureQuality.schema),
  encoderPreset: settingDefinitions.encoderPreset.schema,
  encoderThreads: wholeOrNone(1, 64),
  hardwareEncoding: settingDefinitions.hardwareEncoding.schema,
});

/** Saves how films are converted from now on. */
export const changeConversionAction = adminAction(conversionForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Saves what a search offers first. */
export const changeSearchWishesAction = adminAction(searchWishesForm, (patch, { db, now }) => {
  save(db, patch, now);
  return null;
});

/** Saves whether what was downloaded goes once its movie plays. */
export const changeDeleteOriginalsAction = adminAction(
  z.object({ deleteOriginalFiles: z.boolean() }),
  (patch, { db, now }) => {
    save(db, patch, now);
    return null;
  },
);

/** Saves the OpenSubtitles account after it was tried. Answers with what is left of today's quota. */
export const changeOpenSubtitlesAction = adminAction(openSubtitlesAccount, (form, { db, now }) =>
  changeOpenSubtitles({ db, env: env(), now }, form),
);

/** Takes the OpenSubtitles account away: subtitles come from the film and its folder alone. */
export const removeOpenSubtitlesAction = adminAction(z.unknown(), (_, { db, now }) => {
  const none = { openSubtitlesApiKey: null, openSubtitlesUsername: null };
  save(db, { ...none, openSubtitlesPassword: null }, now);
  return null;
});

/** Asks a qBittorrent how it is, as the form says it can be reached; nothing is saved. */
export const testQbittorrentAction = adminAction(qbittorrentAccess, (form, { db, now }) =>
  tryQbittorrent({ db, env: env(), now }, form),
);

/** Saves how qBittorrent is reached, after it answered or the person insists. */
export const changeQbittorrentAction = adminAction(qbittorrentAccess, (form, { db, now }) =>
  changeQbittorrent({ db, env: env(), now }, form),
);

const tmdbTrial = z.object({
  tmdbApiKey: z
    .string()
    .trim()
    .transform((text) => text || undefined)
    .pipe(settingDefinitions.tmdbApiKey.schema.unwrap().optional())
    .optional(),
});

/** Shows TMDB a key, as it stands in the form or as it is saved; nothing is saved. */
export const testTmdbKeyAction = adminAction(tmdbTrial, ({ tmdbApiKey }, { db, now }) =>
  tryTmdbKey({ db, env: env(), now }, { tmdbApiKey }),
);

/** Signs in at OpenSubtitles as the form says; nothing is saved. */
export const testOpenSubtitlesAction = adminAction(openSubtitlesAccount, (form, { db, now }) =>
  tryOpenSubtitlesAccount({ db, env: env(), now }, form),
);

/** Forms that say what is wrong while somebody types: the very schemas that they are saved by. */
const liveForms = {
  tmdb: tmdbKeyForm,
  openSubtitles: openSubtitlesAccount,
  qbittorrent: qbittorrentAccess,
  seeding: seedingForm,
  conversion: conversionForm,
  searchWishes: searchWishesForm,
};

const typed = z.object({
  form: z.enum([
    ...(["tmdb", "openSubtitles", "qbittorrent", "seeding", "conversion", "searchWishes"] as const),
  ]),
  values: z.record(z.string(), z.string().max(20_000)),
});

/** What is wrong with a form as it stands, in words by field; nothing is saved. */
export const checkFormAction = adminAction(typed, ({ form, values }, { locale }) =>
  formFaults(liveForms[form], values, (reason) => reasonText(reason, locale)),
);
