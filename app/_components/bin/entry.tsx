import type { BinItem } from "@/lib/bin/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Poster } from "../movies/poster";
import { resolutionText } from "../movies/resolution";
import { sizeText } from "../words/measures";
import { Moment } from "../words/moment";
import { EntryActions } from "./entry-actions";

/** One thing in the bin: what it is, what it takes, when it was deleted and when it goes. */
export async function Entry({ item }: { item: BinItem }) {
  const [t, locale] = await Promise.all([words("binPage"), pageLocale()]);
  const { id, kind, title, releaseYear, releaseName } = item;
  const resolution = resolutionText(item);
  return (
    <li className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-3 p-4 sm:grid-cols-[3.5rem_minmax(0,1fr)_auto]">
      <div aria-hidden className="overflow-hidden rounded-md text-[0.625rem]">
        <Poster title={title} poster={item.poster} sizes="56px" />
      </div>
      <div className="grid min-w-0 gap-1">
        <p className="line-clamp-2 font-semibold">
          <bdi>{title}</bdi>
          {releaseYear && (
            <span data-numbers className="ms-2 text-caption font-normal text-faint">
              {releaseYear}
            </span>
          )}
        </p>
        <p data-numbers className="flex flex-wrap gap-x-3 text-caption">
          <span>
            {kind === "version" ? t("version") : t("movie")}
            {kind === "version" && resolution && ` · ${resolution}`}
          </span>
          <span>{sizeText(item.sizeBytes, locale)}</span>
          <span className={daysLeft(item) < 2 ? "text-danger" : "text-faint"}>
            {t("goes")} <Remaining until={item.emptiedAfter} locale={locale} />
          </span>
        </p>
        <p className="text-caption text-faint">
          {t("deleted")} <Moment at={item.binnedAt} />
        </p>
        {kind === "version" && releaseName && (
          <p dir="auto" title={releaseName} className="truncate text-caption text-faint">
            {releaseName}
          </p>
        )}
      </div>
      <div className="max-sm:col-span-2">
        <EntryActions item={{ id, kind, title }} />
      </div>
    </li>
  );
}

const dayMs = 86_400_000;

const daysLeft = ({ emptiedAfter }: Pick<BinItem, "emptiedAfter">) =>
  Math.ceil((Date.parse(emptiedAfter) - Date.now()) / dayMs);

/** Whole days, begun ones counted: what was deleted just now goes in as many as were promised. */
function Remaining({ until, locale }: { until: string; locale: string }) {
  const days = daysLeft({ emptiedAfter: until });
  if (days < 2) return <Moment at={until} />;
  const text = new Intl.RelativeTimeFormat(locale).format(days, "day");
  return <time dateTime={until}>{text}</time>;
}
