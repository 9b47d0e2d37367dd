import { Captions, Wrench } from "lucide-react";
import Link from "next/link";
import type { InPreparation, LanguageState, Trouble } from "@/lib/movies/in-preparation";
import { pageLocale, words } from "@/lib/web/words";
import { Now } from "../movies/now";
import { NowButtons } from "../movies/now-buttons";
import { Poster } from "../movies/poster";
import { Badge, type BadgeTone } from "../ui/badge";
import { LinkButton } from "../ui/link-button";
import { languageText, yearOf } from "../words/measures";
import { Moment } from "../words/moment";
import { StageStrip } from "./stage-strip";

const tones: Record<LanguageState, BadgeTone> = {
  found: "lamp",
  looking: "plain",
  none: "faint",
  failed: "danger",
  later: "faint",
};

const addresses = {
  metadata: "/manage/settings/metadata",
  subtitles: "/manage/settings/subtitles",
  services: "/manage/settings/services",
  downloads: "/manage/settings/downloads",
  room: "/manage/bin",
};

/** A movie on its way to be watched: its steps, how far it is, and what a person can do for it. */
export async function PreparingCard({ item }: { item: InPreparation }) {
  const [t, locale] = await Promise.all([words("preparing"), pageLocale()]);
  const { movie, standing, addedBy, languages, troubles, place } = item;
  const year = yearOf(movie.releaseDate);
  return (
    <li className="grid grid-cols-1 rounded-xl border border-line bg-surface p-4">
      <article
        aria-labelledby={`title-${movie.id}`}
        className="grid grid-cols-[4rem_minmax(0,1fr)] content-start gap-x-4 gap-y-3 sm:grid-cols-[7rem_minmax(0,1fr)]"
      >
        <div className="self-start overflow-hidden rounded-lg sm:row-span-2">
          <Poster title={movie.title} poster={movie.poster} sizes="7rem" />
        </div>
        <div className="grid content-start gap-2">
          <h2 id={`title-${movie.id}`} className="text-heading">
            <Link href={`/movies/${movie.id}`} prefetch={false} className="hover:underline">
              <bdi>{movie.title}</bdi>
            </Link>
            {year && <span className="ms-2 text-body font-normal text-faint">{year}</span>}
          </h2>
          <p className="text-caption text-faint">
            {addedBy ? t("addedBy", { name: addedBy }) : t("added")} <Moment at={movie.addedAt} />
          </p>
          <StageStrip entries={movie.timeline} />
        </div>
        <div className="grid content-start gap-3 max-sm:col-span-2">
          <Now movie={movie} standing={standing} mayChange />
          {place && <Mend place={place} />}
          {troubles.map((trouble) => (
            <TroubleLine key={trouble.about} trouble={trouble} />
          ))}
          {languages.length > 0 && (
            <div className="flex flex-wrap items-center gap-2">
              <Captions aria-hidden className="size-5 text-faint" />
              <ul aria-label={t("subtitles")} className="flex flex-wrap gap-2">
                {languages.map(({ language, state }) => (
                  <li key={language}>
                    <Badge tone={tones[state]}>
                      {t(`language.${state}`, {
                        language: languageText(language, locale) ?? t("unknownLanguage"),
                      })}
                    </Badge>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </article>
    </li>
  );
}

/** Something beside the film that went wrong, with the buttons that mend it. */
async function TroubleLine({ trouble }: { trouble: Trouble }) {
  const t = await words("preparing");
  return (
    <div className="grid gap-2">
      <p className="text-caption">
        <span className={`font-medium ${trouble.isFailed ? "text-danger" : "text-text"}`}>
          {t(`trouble.${trouble.about}`)}
        </span>{" "}
        <span className="text-faint">{trouble.detail}</span>
      </p>
      {(trouble.jobId || trouble.place) && (
        <div className="flex flex-wrap gap-2">
          <NowButtons retryJobId={trouble.jobId} download={null} />
          {trouble.place && <Mend place={trouble.place} />}
        </div>
      )}
    </div>
  );
}

async function Mend({ place }: { place: keyof typeof addresses }) {
  const t = await words("preparing");
  return (
    <LinkButton href={addresses[place]} className="justify-self-start">
      <Wrench aria-hidden className="size-5" />
      {t(`mend.${place}`)}
    </LinkButton>
  );
}
