import { pageLocale } from "@/lib/web/words";
import { LiveMoment } from "./live-moment";
import { momentText } from "./measures";

/** A time as seen from now, which keeps up in the browser; pointing at it tells the exact one. */
export async function Moment({ at, className }: { at: string; className?: string }) {
  const locale = await pageLocale();
  const initial = momentText(at, new Date(), locale, "UTC");
  return <LiveMoment at={at} locale={locale} initial={initial} className={className} />;
}
