import { Pencil } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { LibraryRow } from "@/lib/library/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Poster } from "../movies/poster";
import { Badge, type BadgeTone } from "../ui/badge";
import { languageText, listText, sizeText } from "../words/measures";
import { MatchButton } from "./match-button";
import { RowActions } from "./row-actions";
import { MovieCheckbox } from "./selection";

const stateTone: Partial<Record<LibraryRow["status"], BadgeTone>> = {
  deciding: "lamp",
  failed: "danger",
};
/** More languages than these are counted. */
const languagesShown = 4;

interface MovieTableRowProps {
  row: LibraryRow;
  binDays: number;
}

/** One movie: on a phone a card whose facts follow each other. */
export async function MovieTableRow({ row, binDays }: MovieTableRowProps) {
  const [t, states, locale] = await Promise.all([
    words("library"),
    words("movie.status"),
    pageLocale(),
  ]);
  const added = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const { id, title, year, status } = row;
  return (
    <tr
      data-row
      className="group border-b border-line transition-colors hover:bg-surface has-checked:bg-surface max-md:flex max-md:flex-wrap max-md:rounded-xl max-md:border max-md:bg-surface max-md:py-1 max-md:ps-11 max-md:has-checked:border-lamp/60"
    >
      <td className="p-0 align-middle max-md:-ms-11">
        <MovieCheckbox id={id} title={title} />
      </td>
      <td className="p-2 max-md:min-w-0 max-md:grow max-md:basis-[calc(100%-3rem)] max-md:p-1.5">
        <div className="flex items-center gap-3">
          <div aria-hidden className="w-10 shrink-0 overflow-hidden rounded text-[0.5rem]">
            <Poster title={title} poster={row.poster} sizes="40px" />
          </div>
          <div className="grid min-w-0 gap-0.5">
            <Link
              href={`/movies/${id}`}
              prefetch={false}
              data-stop
              className="line-clamp-2 font-medium underline-offset-4 hover:underline max-md:py-1"
            >
              <bdi>{title}</bdi>
            </Link>
            <p data-numbers className="flex flex-wrap items-center gap-x-2 text-caption text-faint">
              {year && <span>{year}</span>}
              {row.quality && <Badge>{row.quality}</Badge>}
              {row.versions > 1 && <span>{t("versions", { count: row.versions })}</span>}
              {row.tmdbId === null && <MatchButton movieId={id} title={title} />}
              {row.edited.length > 0 && (
                <span className="inline-flex items-center gap-1">
                  <Pencil aria-hidden className="size-3.5" />
                  {t("edited")}
                </span>
              )}
            </p>
          </div>
        </div>
      </td>
      <Fact label={t("added")} className="whitespace-nowrap text-faint">
        {added.format(new Date(row.addedAt))}
      </Fact>
      <Fact label={t("size")} className="whitespace-nowrap">
        {row.sizeBytes > 0 ? sizeText(row.sizeBytes, locale) : null}
      </Fact>
      <Fact label={t("state")} className={status === "ready" ? "max-md:hidden" : ""}>
        {status === "ready" ? (
          <span className="text-faint">{states("ready")}</span>
        ) : (
          <span title={row.statusDetail ?? undefined}>
            <Badge tone={stateTone[status] ?? "plain"}>{states(status)}</Badge>
          </span>
        )}
      </Fact>
      <Fact
        label={t("subtitles")}
        className={row.languages.length + row.missing.length === 0 ? "max-md:hidden" : ""}
      >
        <Languages row={row} locale={locale} />
      </Fact>
      <Fact label={t("watchedBy")} className="text-faint">
        {row.watchedBy.length > 0 ? (
          <span className="line-clamp-2">{listText(row.watchedBy, locale)}</span>
        ) : null}
      </Fact>
      <td className="p-0 max-md:order-1">
        <RowActions
          movie={{ id, title, year, tmdbId: row.tmdbId, edited: row.edited }}
          poster={row.poster}
          binDays={binDays}
        />
      </td>
    </tr>
  );
}

interface FactProps {
  label: string;
  className?: string;
  children: ReactNode;
}

/** A cell: on a phone with its name in front, and not at all where there is nothing in it. */
function Fact({ label, className = "", children }: FactProps) {
  return (
    <td
      data-numbers
      className={`p-2 align-middle text-caption max-md:order-2 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-1.5 max-md:px-1.5 max-md:py-1 max-md:empty:hidden ${className}`}
    >
      {children && (
        <>
          <span className="text-faint md:hidden">{label}</span>
          {children}
        </>
      )}
    </td>
  );
}

/** In what it can be read, and which of the household's languages are missing. */
async function Languages({ row, locale }: { row: LibraryRow; locale: string }) {
  const t = await words("library");
  const name = (tag: string) => languageText(tag, locale) ?? t("unknownLanguage");
  const { languages, missing } = row;
  const shown = languages.slice(0, languagesShown);
  if (languages.length + missing.length === 0) return <span className="text-faint">–</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {missing.map((tag) => (
        <span key={tag} title={t("without", { language: name(tag) })}>
          <Badge tone="danger">
            <span className="sr-only">{t("without", { language: name(tag) })}</span>
            <s aria-hidden>{tag}</s>
          </Badge>
        </span>
      ))}
      {shown.map((tag) => (
        <span key={tag} title={name(tag)}>
          <Badge tone="faint">
            <span className="sr-only">{name(tag)}</span>
            <span aria-hidden>{tag === "und" ? "?" : tag}</span>
          </Badge>
        </span>
      ))}
      {languages.length > shown.length && (
        <span className="text-faint">+{languages.length - shown.length}</span>
      )}
    </span>
  );
}
