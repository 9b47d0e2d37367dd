import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { readHealth, type ServiceName, serviceNames } from "@/lib/queue/health";
import { reasonText } from "@/lib/web/catalogue";
import { pageLocale } from "@/lib/web/words";
import { settingSourcesOf, settingsOf } from "./data";
import type { SettingKey, SettingSource } from "./schema";

export interface ServiceCheck {
  name: ServiceName;
  ok: boolean;
  /** In words: its version, or what is wrong and what to do. */
  detail: string;
}

/** What everything depends on, for the first look after setting up. */
export async function loadServiceChecks(): Promise<ServiceCheck[]> {
  await requireAdmin();
  const locale = await pageLocale();
  const health = readHealth(database(), new Date());
  return serviceNames.map((name) => ({
    name,
    ok: health[name].ok,
    detail: reasonText(health[name].detail, locale),
  }));
}

/** What setting up asks for, and which of it is there already. */
export async function loadSetupValues(): Promise<{
  tmdbKeySource: SettingSource;
  openSubtitlesKeySource: SettingSource;
  openSubtitlesUsername: string | null;
  subtitleLanguages: string[];
  isOwned: (key: SettingKey) => boolean;
}> {
  await requireAdmin();
  const values = settingsOf(database(), env());
  const sources = settingSourcesOf(database(), env());
  return {
    tmdbKeySource: sources.tmdbApiKey,
    openSubtitlesKeySource: sources.openSubtitlesApiKey,
    openSubtitlesUsername: values.openSubtitlesUsername,
    subtitleLanguages: values.subtitleLanguages,
    isOwned: (key) => sources[key] === "environment",
  };
}
