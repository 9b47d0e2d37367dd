import { wordsOf } from "@/lib/web/catalogue";
import { directionOf, requestLocale } from "@/lib/web/locale";

/**
 * The words of app/global-error.tsx, for anybody, in the language of the device: it is asked when
 * the pages are broken, so that nothing but the words is read for it.
 */
export function GET(request: Request): Response {
  const locale = requestLocale(request.headers);
  const t = wordsOf(locale, "errors");
  return Response.json(
    {
      locale,
      direction: directionOf(locale),
      title: t("title"),
      description: t("description"),
      retry: t("retry"),
    },
    { headers: { "cache-control": "no-store", vary: "accept-language, cookie" } },
  );
}
