import { Download } from "lucide-react";
import type { MovieView } from "@/lib/movies/schema";
import { smallerChoices } from "@/lib/versions/choose";
import type { SmallerHeight } from "@/lib/versions/quality";
import type { VersionView } from "@/lib/versions/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { buttonClass } from "../ui/button-look";
import { Card } from "../ui/card";
import { ProgressBar } from "../ui/progress-bar";
import { languageText, listText, percentText, sizeText, workLeft, yearOf } from "../words/measures";
import { DeleteVersion } from "./delete-version";
import { OpenElsewhere } from "./open-elsewhere";
import { resolutionText } from "./resolution";
import { SmallerButtons } from "./smaller-buttons";

/** Every rendering of a movie: what it is, what was done to it and why, and what it plays on. */
export async function VersionList({
  movie,
  mayMake,
  mayHandOn,
  binDays,
}: {
  movie: Pick<MovieView, "title" | "releaseDate" | "versions">;
  /** Whoever looks may ask for smaller ones, and delete any. */
  mayMake: boolean;
  /** Whoever looks may play them in another program. */
  mayHandOn: boolean;
  /** For how many days what is deleted can be brought back. */
  binDays: number;
}) {
  const { versions } = movie;
  const year = yearOf(movie.releaseDate);
  const title = year ? `${movie.title} (${year})` : movie.title;
  const choices = mayMake ? smallerChoices(versions) : null;
  return (
    <ul className="grid gap-3">
      {versions.map((version) => (
        <li key={version.id}>
          <Version
            version={version}
            title={title}
            heights={choices?.versionId === version.id ? choices.heights : []}
            mayDelete={mayMake}
            mayHandOn={mayHandOn}
            binDays={binDays}
          />
        </li>
      ))}
    </ul>
  );
}

interface VersionProps {
  version: VersionView;
  /** Of the film, with its year. */
  title: string;
  /** Of smaller versions that can be asked for. */
  heights: readonly SmallerHeight[];
  mayDelete: boolean;
  mayHandOn: boolean;
  binDays: number;
}

async function Version(props: VersionProps) {
  const { version, title, heights, mayDelete, mayHandOn, binDays } = props;
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const resolution = resolutionText(version);
  const name =
    resolution ??
    (await madeAs(version)) ??
    t(version.plan === null ? "versionUnknown" : "versionInTheMaking");
  const technical = [
    version.videoCodec?.toUpperCase(),
    version.container?.toUpperCase(),
    version.sizeBytes === null ? null : sizeText(version.sizeBytes, locale),
  ].filter(Boolean);
  const sound = version.audioTracks.map((track) => {
    const language = track.language ? languageText(track.language, locale) : null;
    const plain = track.title ?? language ?? t("languageUnknown");
    const name = track.isClearVoice ? t("clearVoiceOf", { language: plain }) : plain;
    return t("audioTrack", { name, channels: track.channels });
  });
  const subtitles = [
    ...new Set(
      version.subtitles
        .filter((subtitle) => subtitle.url !== null)
        .map((subtitle) => languageText(subtitle.language, locale) ?? t("languageUnknown")),
    ),
  ];
  const doubtsOf = (plays: "no" | "unknown") =>
    version.playsInDetail
      .filter((doubt) => doubt.plays === plays)
      .map(({ browser, detail }) => t("doubt", { browser: t(`browser.${browser}`), detail }));
  const [notIn, perhapsIn] = [doubtsOf("no"), doubtsOf("unknown")];
  return (
    <Card className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-semibold">{name}</span>
        {version.status !== "ready" && (
          <Badge tone={version.status === "failed" ? "danger" : "lamp"}>
            {t(`versionStatus.${version.status}`)}
          </Badge>
        )}
        <span className="text-caption text-faint" data-numbers>
          {technical.join(" · ")}
        </span>
      </div>
      {version.statusDetail && (
        <p className={version.status === "failed" ? "text-danger" : "text-faint"}>
          {version.statusDetail}
        </p>
      )}
      {version.status === "processing" && <Making version={version} />}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-caption">
        {sound.length > 0 && <Line term={t("sound")}>{listText(sound, locale)}</Line>}
        {version.status === "ready" && (
          <Line term={t("subtitles")}>
            {subtitles.length > 0 ? listText(subtitles, locale) : t("noSubtitles")}
          </Line>
        )}
        {version.plan && (
          <Line term={t("prepared")}>
            {[t(`plan.${version.plan.kind}`), ...version.plan.why].join(" ")}
          </Line>
        )}
        {notIn.length > 0 && <Line term={t("notIn")}>{notIn.join(" ")}</Line>}
        {perhapsIn.length > 0 && <Line term={t("playsPerhaps")}>{perhapsIn.join(" ")}</Line>}
        {version.releaseName && (
          <Line term={t("release")}>
            <span dir="auto">{version.releaseName}</span>
          </Line>
        )}
      </dl>
      <div className="flex flex-wrap gap-2">
        {version.status === "ready" && version.streamUrl && (
          <>
            <a href={`${version.streamUrl}?download=1`} download className={buttonClass()}>
              <Download aria-hidden className="size-5" />
              {t("download")}
            </a>
            {mayHandOn && (
              <OpenElsewhere
                versionId={version.id}
                name={name}
                title={title}
                durationSeconds={version.durationSeconds}
              />
            )}
          </>
        )}
        <SmallerButtons versionId={version.id} heights={heights} />
        {mayDelete && <DeleteVersion versionId={version.id} name={name} binDays={binDays} />}
      </div>
    </Card>
  );
}

/** What a version that is made of another one is going to be. */
async function madeAs({ madeFrom }: VersionView): Promise<string | null> {
  const t = await words("movie");
  if (!madeFrom) return null;
  return madeFrom.height === null
    ? t("conversion")
    : t("smallerVersion", { height: madeFrom.height });
}

/** How far it is, and how long it still takes. */
async function Making({ version: { progress } }: { version: VersionView }) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const percent = progress && percentText(progress.fraction, locale);
  const left = progress?.remainingSeconds ?? null;
  return (
    <div className="grid gap-1.5">
      <ProgressBar value={progress?.fraction ?? null} label={t("progressLabel")} />
      {percent && (
        <p data-numbers className="text-caption text-faint">
          {left === null
            ? t("making", { percent })
            : t("makingLeft", { percent, time: workLeft(left, locale) })}
        </p>
      )}
    </div>
  );
}

function Line({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
