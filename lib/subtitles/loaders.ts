import "server-only";
import { requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";

/** The household's subtitle languages, in order of preference. */
export async function loadSubtitleLanguages(): Promise<string[]> {
  await requireUser();
  return settingOf(database(), env(), "subtitleLanguages");
}
