import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { currentUser } from "@/lib/auth/current-user";
import { type Say, wordsOf } from "./catalogue";
import { requestLocale, withRegion } from "./locale";

export { reasonText, type Say } from "./catalogue";

/** The language of the page that is rendered now (see `requestLocale`), with the reader's region. */
export const pageLocale = cache(async (): Promise<string> => {
  const sent = await headers();
  const locale = requestLocale(sent, await currentUser());
  return withRegion(locale, sent.get("accept-language"));
});

/** Words for a server component: `const t = await words("home")`. */
export async function words(namespace?: string): Promise<Say> {
  return wordsOf(await pageLocale(), namespace);
}
