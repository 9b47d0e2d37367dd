"use client";

import { Pencil } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import type { ScanRow } from "@/lib/imports/schema";
import { FoundPoster } from "../add/found-poster";
import { Badge, type BadgeTone } from "../ui/badge";
import { Button } from "../ui/button";
import { sizeText } from "../words/measures";

interface ImportRowProps {
  row: ScanRow;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onMend: () => void;
}

const matchTones: Record<ScanRow["match"]["kind"], BadgeTone> = {
  ...{ sure: "lamp", chosen: "lamp", unsure: "plain", none: "plain", unasked: "plain" },
  pending: "faint",
};

/** What the row is by now, in a word or two. */
function Standing({ row }: { row: ScanRow }) {
  const t = useTranslations("folders");
  const { state, match, versionStatus } = row;
  if (state === "refused") return <Badge tone="danger">{t("state.refused")}</Badge>;
  if (state === "waiting") return <Badge tone="faint">{t("state.waiting")}</Badge>;
  if (state === "in-library") return <Badge tone="faint">{t("state.inLibrary")}</Badge>;
  if (state === "open") {
    return <Badge tone={matchTones[match.kind]}>{t(`match.${match.kind}`)}</Badge>;
  }
  if (versionStatus === "failed") return <Badge tone="danger">{t("state.failed")}</Badge>;
  return versionStatus === "ready" ? (
    <Badge tone="lamp">{t("state.ready")}</Badge>
  ) : (
    <Badge tone="plain">{t("state.preparing")}</Badge>
  );
}

/** One film of a scan: its file, what was understood of its name, and which film that is. */
export function ImportRow({ row, chosen, onChoose, onMend }: ImportRowProps) {
  const t = useTranslations("folders");
  const locale = useLocale();
  const { name, match, understood, state, movieId } = row;
  const isOpen = state === "open" || state === "refused";
  const title = match.title ?? understood.title;
  const year = match.title === null ? understood.year : match.year;
  const facts = [
    sizeText(row.sizeBytes, locale),
    understood.resolution === null ? null : `${understood.resolution}p`,
    row.parts > 1 ? t("parts", { count: row.parts }) : null,
    row.subtitles > 0 ? t("subtitles", { count: row.subtitles }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li
      className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-1 rounded-xl border bg-surface py-3 ps-1.5 pe-3 transition-colors sm:pe-4 ${chosen ? "border-lamp/50" : "border-line"}`}
    >
      <label className={`grid size-11 place-items-center ${isOpen ? "cursor-pointer" : ""}`}>
        <input
          type="checkbox"
          checked={chosen}
          disabled={!isOpen}
          onChange={(event) => onChoose(event.target.checked)}
          aria-label={t("choose", { title })}
          className="size-5 disabled:opacity-40"
        />
      </label>
      <div className="flex min-w-0 gap-3 sm:gap-4">
        <FoundPoster key={match.posterUrl} title={title} url={match.posterUrl} />
        <div className="grid min-w-0 grow content-start gap-1.5">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <p className="min-w-0 font-semibold">
              <bdi className="break-words">{title}</bdi>
              {year !== null && (
                <span className="ms-2 font-normal text-faint" data-numbers>
                  {year}
                </span>
              )}
            </p>
            <Standing row={row} />
            {row.isNew && isOpen && <Badge tone="lamp">{t("new")}</Badge>}
          </div>
          <p dir="ltr" className="text-start text-caption leading-5 break-all text-faint">
            {name}
          </p>
          <p className="text-caption text-faint" data-numbers>
            {facts.join(" · ")}
          </p>
          {row.detail && <p className="text-caption text-danger">{row.detail}</p>}
          {movieId && (
            <p className="text-caption">
              {isOpen && `${t("anotherVersion")} `}
              <Link href={`/movies/${movieId}`} className="underline hover:text-lamp">
                {t("openMovie")}
              </Link>
            </p>
          )}
          {isOpen && (
            <Button
              tone="quiet"
              onClick={onMend}
              aria-label={t("changeLabel", { title })}
              className="-ms-4 justify-self-start"
            >
              <Pencil aria-hidden className="size-4" />
              {match.title === null ? t("findFilm") : t("change")}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
