import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { currentUser } from "@/lib/auth/current-user";
import { pickLocale, type Say, wordsOf } from "./catalogue";

export { reasonText, type Say } from "./catalogue";

/** The language of the page that is rendered now: the person's choice, else their browser's. */
export const pageLocale = cache(async (): Promise<string> => {
  const user = await currentUser();
  return pickLocale((await headers()).get("accept-language"), user?.preferences.locale);
});

/** Words for a server component: `const t = await words("home")`. */
export async function words(namespace?: string): Promise<Say> {
  return wordsOf(await pageLocale(), namespace);
}
