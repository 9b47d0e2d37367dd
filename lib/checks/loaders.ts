import "server-only";
import { headers } from "next/headers";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { isDemo } from "@/lib/settings/data";
import { reasonText, wordsOf } from "@/lib/web/catalogue";
import { visitFacts } from "@/lib/web/visit";
import { pageLocale } from "@/lib/web/words";
import { version } from "@/package.json";
import { readChecks } from "./data";
import { type ChecksPageView, lookedAreas } from "./schema";
import { lookedAtOf } from "./stored";
import { reportOf, toChecksView } from "./view";

/** What was found is old after this, and looked at anew when somebody opens the page. */
const oldAfterMs = 5 * 60_000;

/** Everything that the checks know, in the reader's words. */
export async function loadChecks(): Promise<ChecksPageView> {
  await requireAdmin();
  const [locale, sent] = await Promise.all([pageLocale(), headers()]);
  const db = database();
  const now = new Date();
  const t = wordsOf(locale);
  const known = readChecks(db, { visit: visitFacts(sent, env()), now });
  const view = toChecksView(known, { t, sayReason: (reason) => reasonText(reason, locale) });
  const looked = lookedAtOf(db);
  const oldAreas = lookedAreas.filter(
    (area) => now.getTime() - (looked[area]?.at ?? 0) > oldAfterMs,
  );
  const mayRun = !isDemo(db, env());
  return { ...view, report: reportOf(view, { t, version }), oldAreas, mayRun };
}
