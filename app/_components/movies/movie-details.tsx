import type { MovieView } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { SubtitleSection, type SubtitleTools } from "../subtitles/subtitle-section";
import { WordsProvider } from "../words-provider";
import { DetailTabs } from "./detail-tabs";
import { FileList } from "./file-list";
import { Timeline } from "./timeline";
import { VersionList } from "./version-list";

interface MovieDetailsProps {
  movie: MovieView;
  isAdmin: boolean;
  /** Whoever looks may play it in another program, for which a ticket is made. */
  mayHandOn: boolean;
  /** For how many days what is deleted can be brought back; 0 for not at all. */
  binDays: number;
  /** Null for those who may not change subtitles. */
  subtitleTools: SubtitleTools | null;
  /** The part that the address asks for: `files`. */
  openPart?: string | string[] | undefined;
}

/** What ninety of a hundred never open: versions, subtitles, files, and how it came to be. */
export async function MovieDetails(props: MovieDetailsProps) {
  const { movie, isAdmin, mayHandOn, binDays, subtitleTools, openPart } = props;
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const { versions } = movie;
  const has = versions.length > 0;
  const usable = versions.flatMap(({ subtitles }) => subtitles.filter(({ url }) => url !== null));
  const isReady = versions.some(({ status }) => status === "ready");
  const timeline = {
    id: "timeline",
    label: t("timeline"),
    content: (
      <section aria-label={t("timeline")}>
        <Timeline entries={movie.timeline} />
      </section>
    ),
  };
  const tabs = [
    !isReady && timeline,
    has && {
      id: "versions",
      label: t("versions"),
      count: versions.length,
      content: (
        <section aria-label={t("versions")}>
          <VersionList movie={movie} mayMake={isAdmin} mayHandOn={mayHandOn} binDays={binDays} />
        </section>
      ),
    },
    has && {
      id: "subtitles",
      label: t("subtitles"),
      count: usable.length,
      content: <SubtitleSection movieId={movie.id} versions={versions} tools={subtitleTools} />,
    },
    isAdmin && {
      id: "files",
      label: t("files"),
      content: (
        <section aria-label={t("files")}>
          <FileList movieId={movie.id} />
        </section>
      ),
    },
    isReady && timeline,
  ].filter((tab) => tab !== false);
  return (
    <WordsProvider
      locale={locale}
      namespaces={["common", "versionMenu", "movieFiles", ...(isAdmin ? ["bin"] : [])]}
    >
      <DetailTabs label={t("detailTabs")} tabs={tabs} open={openPart} />
    </WordsProvider>
  );
}
