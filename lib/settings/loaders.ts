import "server-only";
import { redirect } from "next/navigation";
import { requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { UpstreamError } from "@/lib/errors";
import { readHealth, type ServiceName, serviceNames } from "@/lib/queue/health";
import { reasonText } from "@/lib/web/catalogue";
import { pageLocale } from "@/lib/web/words";
import { connect } from "./connect";
import { isDemo, settingItems, settingSourcesOf, settingsOf } from "./data";
import type { SettingItem, SettingKey, SettingSource, Settings } from "./schema";
import { reachSetupStep, setupStepOf } from "./setup-progress";
import type { SetupStep } from "./setup-steps";

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

/** An admin is at a step of setting up; as when they were last seen, it is kept by looking. */
export async function loadSetupStep(step: SetupStep): Promise<void> {
  await requireAdmin();
  const db = database();
  if (!isDemo(db, env())) reachSetupStep(db, step, new Date());
}

/** For the home page: an admin who closed the browser while setting up goes on where they were. */
export async function resumeSetup({ isEmpty }: { isEmpty: boolean }): Promise<void> {
  const user = await requireUser();
  if (user.role !== "admin" || !isEmpty) return;
  const step = setupStepOf(database());
  if (step) redirect(`/setup/${step}`);
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

/** Everything that can be set, for the settings pages: values, and where each comes from. */
export async function loadSettings(): Promise<{
  /** Secrets among them are only for telling whether they are set; they never leave the server. */
  values: Omit<Settings, SecretKey>;
  items: SettingItem[];
  itemOf: (key: SettingKey) => SettingItem;
}> {
  await requireAdmin();
  const { dataDir, mediaDir, downloadsDir } = env();
  const folders: Record<string, string> = { dataDir, mediaDir, downloadsDir };
  // A folder that nobody named is somewhere all the same.
  const items = settingItems(database(), env()).map((item) =>
    item.value === null && folders[item.key] ? { ...item, value: folders[item.key] } : item,
  );
  const byKey = new Map(items.map((item) => [item.key, item]));
  return {
    values: settingsOf(database(), env()),
    items,
    itemOf(key) {
      const item = byKey.get(key);
      if (!item) throw new Error(`no setting ${key}`);
      return item;
    },
  };
}

type SecretKey =
  | "tmdbApiKey"
  | "openSubtitlesApiKey"
  | "openSubtitlesPassword"
  | "qbittorrentPassword"
  | "adminPassword"
  | "apiToken"
  | "secret";

/** What is left today at OpenSubtitles, or why that can't be told; null without an account. */
export async function loadOpenSubtitlesQuota(): Promise<
  { remaining: number | null; allowed: number; resetAt: string | null } | { problem: string } | null
> {
  await requireAdmin();
  const client = connect(database(), env()).openSubtitles();
  if (!client || !settingsOf(database(), env()).openSubtitlesUsername) return null;
  try {
    const { remainingDownloads: remaining, allowedDownloads: allowed } = await client.userInfo();
    return { remaining, allowed, resetAt: client.quota()?.resetAt.toISOString() ?? null };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { problem: reasonText(error.reason, await pageLocale()) };
  }
}
