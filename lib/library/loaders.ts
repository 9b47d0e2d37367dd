import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { settingOf } from "@/lib/settings/data";
import type { Page } from "@/lib/web/page-query";
import { pageLocale, reasonText } from "@/lib/web/words";
import { listLibrary } from "./data";
import { type LibraryQuery, type LibraryRow, libraryQuery } from "./schema";

/** Search parameters of a page, as Next gives them. */
type Parameters = Record<string, string | string[] | undefined>;

/** What of an address is meant for the table; what does not fit is as if it were not there. */
function queryOf(parameters: Parameters): LibraryQuery {
  const fitting = Object.entries(libraryQuery.shape).flatMap(([name, schema]) => {
    const given = parameters[name];
    return given !== undefined && schema.safeParse(given).success ? [[name, given]] : [];
  });
  return libraryQuery.parse(Object.fromEntries(fitting));
}

/** A page of the table of all movies, for admins, with what its question was taken for. */
export async function loadLibrary(
  parameters: Parameters,
): Promise<Page<LibraryRow> & { query: LibraryQuery; languages: string[]; binDays: number }> {
  const user = await requireAdmin();
  const locale = await pageLocale();
  const db = database();
  const query = queryOf(parameters);
  const languages = settingOf(db, env(), "subtitleLanguages");
  const found = listLibrary(db, query, {
    reader: { userId: user.id, say: (reason) => reasonText(reason, locale) },
    wantedLanguages: languages,
  });
  return { ...found, query, languages, binDays: settingOf(db, env(), "binDays") };
}
