import "server-only";
import { requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { settingOf } from "@/lib/settings/data";
import { toQuotaView } from "./quota";
import { moviesWithoutAny } from "./refresh";
import type { QuotaView } from "./schema";

/** The household's subtitle languages, in order of preference. */
export async function loadSubtitleLanguages(): Promise<string[]> {
  await requireUser();
  return settingOf(database(), env(), "subtitleLanguages");
}

/** What the section of a movie's page needs for those who may change subtitles; null for others. */
export async function loadSubtitleTools(): Promise<{
  /** The household's, best first. */
  wantedLanguages: string[];
  /** As far as it is known without asking anybody. */
  quota: QuotaView | null;
} | null> {
  if ((await requireUser()).role !== "admin") return null;
  const services = connect(database(), env());
  return {
    wantedLanguages: services.subtitleLanguages(),
    quota: toQuotaView(services.openSubtitles()?.quota()),
  };
}

/** A few movies without a subtitle in any of the household's languages: worth another look. */
export async function loadMoviesToLookAgain(): Promise<
  { id: string; title: string; releaseDate: string | null }[]
> {
  await requireAdmin();
  const languages = settingOf(database(), env(), "subtitleLanguages");
  return moviesWithoutAny(database(), { languages, limit: 8 });
}
