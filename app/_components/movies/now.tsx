import { Plus } from "lucide-react";
import type { MovieStanding, MovieView } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { ReplaceOffer } from "../downloads/replace-offer";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { ProgressBar } from "../ui/progress-bar";
import { percentText, sizeText, speedText, workLeft } from "../words/measures";
import { Moment } from "../words/moment";
import { Decision } from "./decision";
import { NowButtons } from "./now-buttons";

/** What has to be known of a movie to say what happens to it. */
type MovieNow = Pick<
  MovieView,
  "id" | "title" | "status" | "statusDetail" | "metadataDetail" | "decision"
> & { versions: readonly unknown[] };

interface NowProps {
  movie: MovieNow;
  standing: MovieStanding;
  /** Whoever looks may do something about it. */
  mayChange: boolean;
}

/**
 * What happens to a movie that can't be watched yet, how far it is, how long it still takes, and the
 * button that helps.
 */
export async function Now({ movie, standing, mayChange }: NowProps) {
  const t = await words("movie");
  const state = movie.decision ? "deciding" : movie.status;
  // What a choice is about stands above its buttons.
  const asksWhichFilm = movie.decision !== null && movie.statusDetail === null;
  const { download } = standing;
  const isReplaceable = download && (download.deadSince !== null || download.isBeingReplaced);
  return (
    <Notice
      tone={state === "failed" ? "danger" : "plain"}
      title={t(`status.${state}`)}
      action={mayChange && <Help movie={movie} standing={standing} />}
    >
      <div className="mt-1 grid gap-2 text-body">
        {state === "downloading" && <Downloading standing={standing} />}
        {(state === "processing" || state === "adding") && (
          <Working standing={standing} movie={movie} />
        )}
        {asksWhichFilm ? movie.metadataDetail : <p>{movie.statusDetail}</p>}
        {mayChange && isReplaceable && <ReplaceOffer download={download} />}
        {!mayChange && (state === "deciding" || state === "failed") && <p>{t("askAdmin")}</p>}
      </div>
    </Notice>
  );
}

async function Downloading({ standing: { download, work } }: { standing: MovieStanding }) {
  const [t, states, locale] = await Promise.all([words("movie"), words("downloads"), pageLocale()]);
  if (!download) return null;
  const { state, progress, sizeBytes, remainingSeconds } = download;
  const isRunning = state === "downloading";
  const percent = percentText(progress, locale);
  const numbers = [
    state !== "metadata" &&
      (sizeBytes === null ? percent : t("ofSize", { percent, size: sizeText(sizeBytes, locale) })),
    isRunning && speedText(download.speedBytesPerSecond, locale),
    isRunning &&
      remainingSeconds !== null &&
      t("timeLeft", { time: workLeft(remainingSeconds, locale) }),
    !isRunning && states(`state.${state}`),
  ].filter(Boolean);
  return (
    <>
      <ProgressBar
        value={state === "metadata" ? null : progress}
        label={t("downloadProgress")}
        tone={isRunning ? "lamp" : "faint"}
      />
      <p data-numbers className="text-text">
        {numbers.join(" · ")}
      </p>
      {work?.detail && <p>{work.detail}</p>}
    </>
  );
}

async function Working({
  standing: { work },
  movie,
}: {
  standing: MovieStanding;
  movie: MovieNow;
}) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  if (!work) return movie.versions.length === 0 ? <p>{t("nothingComes")}</p> : null;
  const isRunning = work.status === "running";
  const numbers = [
    t(`step.${work.step}`),
    isRunning && work.progress !== null && percentText(work.progress, locale),
    isRunning &&
      work.remainingSeconds !== null &&
      t("timeLeft", { time: workLeft(work.remainingSeconds, locale) }),
  ].filter(Boolean);
  return (
    <>
      {isRunning && <ProgressBar value={work.progress} label={t("workProgress")} />}
      <p data-numbers className="text-text">
        {numbers.join(" · ")}
      </p>
      {work.before > 0 && <p>{t("before", { count: work.before })}</p>}
      {work.detail && work.detail !== movie.statusDetail && <p>{work.detail}</p>}
      {work.runAt && (
        <p>
          {t("nextTry")} <Moment at={work.runAt} />
        </p>
      )}
    </>
  );
}

/** What an admin can do about it; nothing is drawn where nothing helps. */
async function Help({ movie, standing }: Omit<NowProps, "mayChange">) {
  const t = await words("movie");
  if (movie.decision) {
    return <Decision movieId={movie.id} title={movie.title} {...movie.decision} />;
  }
  const { download, work, failedJobId } = standing;
  const isFailed = movie.status === "failed";
  const needsRelease = isFailed || movie.versions.length === 0;
  return (
    <>
      <NowButtons
        retryJobId={isFailed ? failedJobId : work?.runAt ? work.jobId : null}
        download={
          download && (movie.status === "downloading" || (isFailed && !failedJobId))
            ? {
                id: download.id,
                state: download.state,
                isHeldBack: download.isHeldBack,
                isInClient: download.isInClient,
              }
            : null
        }
      />
      {needsRelease && (
        <LinkButton href="/manage/add" data-stop>
          <Plus aria-hidden className="size-5" />
          {t("addRelease")}
        </LinkButton>
      )}
    </>
  );
}
