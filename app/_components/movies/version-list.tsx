import { Download } from "lucide-react";
import type { VersionView } from "@/lib/versions/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { buttonClass } from "../ui/button-look";
import { Card } from "../ui/card";
import { languageText, sizeText } from "../words/measures";

/** How a person calls a picture of this size: 1080p, 4K. Wide films count by their width. */
function resolutionText(version: VersionView): string | null {
  if (!version.width || !version.height) return null;
  const steps: [width: number, height: number, name: string][] = [
    [3000, 1600, "4K"],
    [1800, 1000, "1080p"],
    [1200, 700, "720p"],
    [800, 460, "480p"],
  ];
  const { width, height } = version;
  return steps.find(([w, h]) => width >= w || height >= h)?.[2] ?? `${height}p`;
}

/** Every rendering of a movie: what it is, what was done to it and why, and what it plays on. */
export async function VersionList({ versions }: { versions: readonly VersionView[] }) {
  return (
    <ul className="grid gap-3">
      {versions.map((version) => (
        <li key={version.id}>
          <Version version={version} />
        </li>
      ))}
    </ul>
  );
}

async function Version({ version }: { version: VersionView }) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const resolution = resolutionText(version);
  const technical = [
    version.videoCodec?.toUpperCase(),
    version.container?.toUpperCase(),
    version.sizeBytes === null ? null : sizeText(version.sizeBytes, locale),
  ].filter(Boolean);
  const sound = version.audioTracks.map((track) => {
    const language = track.language ? languageText(track.language, locale) : null;
    const name = track.title ?? language ?? t("languageUnknown");
    return t("audioTrack", { name, channels: track.channels });
  });
  const subtitles = [
    ...new Set(
      version.subtitles
        .filter((subtitle) => subtitle.url !== null)
        .map((subtitle) => languageText(subtitle.language, locale) ?? t("languageUnknown")),
    ),
  ];
  const unsupported = Object.entries(version.playsIn ?? {})
    .filter(([, plays]) => plays === "no")
    .map(([browser]) => t(`browser.${browser}`));
  return (
    <Card className="grid gap-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-semibold">{resolution ?? t("versionUnknown")}</span>
        {version.status !== "ready" && (
          <Badge tone={version.status === "failed" ? "danger" : "lamp"}>
            {t(`versionStatus.${version.status}`)}
          </Badge>
        )}
        <span className="text-caption text-faint" data-numbers>
          {technical.join(" · ")}
        </span>
        {version.status === "ready" && version.streamUrl && (
          <a
            href={`${version.streamUrl}?download=1`}
            download
            className={`${buttonClass({ tone: "quiet" })} ms-auto`}
          >
            <Download aria-hidden className="size-5" />
            {t("download")}
          </a>
        )}
      </div>
      {version.statusDetail && (
        <p className={version.status === "failed" ? "text-danger" : "text-faint"}>
          {version.statusDetail}
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-caption">
        {sound.length > 0 && <Line term={t("sound")}>{sound.join(", ")}</Line>}
        {version.status === "ready" && (
          <Line term={t("subtitles")}>
            {subtitles.length > 0 ? subtitles.join(", ") : t("noSubtitles")}
          </Line>
        )}
        {version.plan && (
          <Line term={t("prepared")}>
            {[t(`plan.${version.plan.kind}`), ...version.plan.why].join(" ")}
          </Line>
        )}
        {unsupported.length > 0 && <Line term={t("notIn")}>{unsupported.join(", ")}</Line>}
        {version.releaseName && (
          <Line term={t("release")}>
            <span dir="auto">{version.releaseName}</span>
          </Line>
        )}
      </dl>
    </Card>
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
