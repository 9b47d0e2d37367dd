import type { BinItem } from "@/lib/bin/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Poster } from "../movies/poster";
import { resolutionText } from "../movies/resolution";
import { Badge } from "../ui/badge";
import { sizeText } from "../words/measures";
import { Moment } from "../words/moment";
import { EntryActions } from "./entry-actions";

/** One thing in the bin: what it is, what it takes, when it was deleted and when it goes. */
export async function Entry({ item }: { item: BinItem }) {
  const [t, locale] = await Promise.all([words("binPage"), pageLocale()]);
  const { id, kind, title, releaseYear, releaseName } = item;
  const resolution = resolutionText(item);
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-start gap-x-4 gap-y-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-[4.5rem_minmax(0,1fr)_auto]">
      <div aria-hidden className="overflow-hidden rounded-md text-caption max-sm:row-span-2">
        <Poster title={title} poster={item.poster} sizes="72px" />
      </div>
      <div className="grid min-w-0 gap-1.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="line-clamp-2 font-semibold">
            <bdi>{title}</bdi>
          </span>
          {releaseYear && (
            <span data-numbers className="text-caption text-faint">
              {releaseYear}
            </span>
          )}
          {kind === "version" && (
            <Badge>
              {t("version")}
              {resolution && <span data-numbers> · {resolution}</span>}
            </Badge>
          )}
        </p>
        {kind === "version" && releaseName && (
          <p dir="auto" className="line-clamp-2 text-caption break-words text-faint">
            {releaseName}
          </p>
        )}
        <p data-numbers className="flex flex-wrap gap-x-4 gap-y-1 text-caption text-faint">
          <span className="text-text">{sizeText(item.sizeBytes, locale)}</span>
          <span>
            {t("deleted")} <Moment at={item.binnedAt} />
          </span>
          <span>
            {t("goes")} <Remaining until={item.emptiedAfter} locale={locale} />
          </span>
        </p>
      </div>
      <div className="max-sm:col-start-2">
        <EntryActions item={{ id, kind, title }} />
      </div>
    </li>
  );
}

const dayMs = 86_400_000;

/** Whole days, begun ones counted: what was deleted just now goes in as many as were promised. */
function Remaining({ until, locale }: { until: string; locale: string }) {
  const days = Math.ceil((Date.parse(until) - Date.now()) / dayMs);
  if (days < 2) return <Moment at={until} />;
  const text = new Intl.RelativeTimeFormat(locale).format(days, "day");
  return <time dateTime={until}>{text}</time>;
}
