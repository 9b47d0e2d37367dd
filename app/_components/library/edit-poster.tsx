"use client";

import { Check, Undo2 } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";
import {
  dropPosterAction,
  offeredPostersAction,
  takePosterAction,
  uploadPosterAction,
} from "@/lib/library/actions";
import type { LibraryRow, PosterChoice } from "@/lib/library/schema";
import type { PictureView } from "@/lib/movies/schema";
import { Poster } from "../movies/poster";
import { Button } from "../ui/button";
import { FileDrop } from "../ui/file-drop";
import { Skeleton } from "../ui/skeleton";
import { Spinner } from "../ui/spinner";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface EditPosterProps {
  movie: Pick<LibraryRow, "id" | "title" | "tmdbId">;
  poster: PictureView | null;
  /** A person chose it. */
  isEdited: boolean;
  onDone: () => void;
}

/** Of the pictures that are taken, as the browser's own dialog wants them. */
const accepted = "image/jpeg,image/png,image/webp,image/avif,image/gif";

/** Another poster: one of TMDB's, or a picture of one's own. */
export function EditPoster({ movie, poster, isEdited, onDone }: EditPosterProps) {
  const t = useTranslations("movieEdit");
  const fileId = useId();
  const sending = useCommand();
  const [file, setFile] = useState<File | null>(null);
  const done = () => {
    onDone();
    showToast({ message: t("posterSaid", { title: movie.title }) });
  };
  const upload = (picture: File | null) => {
    setFile(picture);
    if (!picture) return;
    const form = new FormData();
    form.set("movieId", movie.id);
    form.set("poster", picture);
    sending.run(() => uploadPosterAction(form), done);
  };
  const back = () =>
    sending.run(
      () => dropPosterAction({ movieId: movie.id }),
      () => {
        onDone();
        showToast({ message: t("posterBack") });
      },
    );
  return (
    <section aria-labelledby={`${fileId}-title`} className="grid gap-3 border-t border-line pt-4">
      <h3 id={`${fileId}-title`} className="text-heading">
        {t("poster")}
      </h3>
      <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-4">
        <div aria-hidden className="overflow-hidden rounded-md text-caption">
          <Poster title={movie.title} poster={poster} sizes="80px" />
        </div>
        <div className="grid gap-2">
          <FileDrop
            id={fileId}
            name="poster"
            accept={accepted}
            slim
            label={t("posterFile")}
            hint={t("posterHint")}
            removeLabel={t("posterRemove")}
            file={file}
            onFile={upload}
          />
          <div className="flex min-h-11 flex-wrap items-center gap-2">
            {isEdited && (
              <Button tone="quiet" onClick={back} disabled={sending.pending}>
                <Undo2 aria-hidden className="size-5 rtl:-scale-x-100" />
                {t("posterTakeBack")}
              </Button>
            )}
            {sending.pending && <Spinner />}
          </div>
        </div>
      </div>
      {movie.tmdbId === null ? (
        <p className="text-caption text-faint">{t("postersNoMatch")}</p>
      ) : (
        <Offered movieId={movie.id} onTaken={done} />
      )}
    </section>
  );
}

/** TMDB's posters of the movie: asked for when the dialog opens. */
function Offered({ movieId, onTaken }: { movieId: string; onTaken: () => void }) {
  const t = useTranslations("movieEdit");
  const common = useTranslations("common");
  const [posters, setPosters] = useState<PosterChoice[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const taking = useCommand();

  useEffect(() => {
    let isWanted = true;
    offeredPostersAction({ movieId })
      .then((outcome) => {
        if (!isWanted) return;
        if (outcome.ok) setPosters(outcome.data);
        else setProblem(outcome.problem.detail);
      })
      .catch(() => isWanted && setProblem(common("noAnswer")));
    return () => {
      isWanted = false;
    };
  }, [movieId, common]);

  if (problem) return <p className="text-caption text-faint">{problem}</p>;
  const grid = "grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2";
  if (!posters) {
    return (
      <div className={grid} role="status" aria-label={t("postersLoading")}>
        {[1, 2, 3, 4].map((place) => (
          <Skeleton key={place} className="aspect-2/3" />
        ))}
      </div>
    );
  }
  if (posters.length === 0) return <p className="text-caption text-faint">{t("postersNone")}</p>;
  const take = (path: string) => {
    setTaken(path);
    taking.run(() => takePosterAction({ movieId, path }), onTaken);
  };
  return (
    <div className="grid gap-2">
      <p className="text-caption text-faint">{t("postersOf")}</p>
      <ul className={grid}>
        {posters.map(({ path, picture, isCurrent }, place) => (
          <li key={path}>
            <button
              type="button"
              aria-label={t("posterTake", { number: place + 1 })}
              aria-pressed={isCurrent}
              disabled={taking.pending || isCurrent}
              onClick={() => take(path)}
              className="relative block w-full overflow-hidden rounded-md border-2 border-transparent transition-colors hover:border-lamp aria-pressed:border-lamp"
            >
              {/* biome-ignore lint/performance/noImgElement: a few kilobytes that came with the answer */}
              <img
                src={picture}
                alt=""
                width={154}
                height={231}
                className="aspect-2/3 w-full bg-raised object-cover"
              />
              {isCurrent && (
                <span className="absolute end-1 bottom-1 grid size-7 place-items-center rounded-full bg-lamp text-lamp-ink">
                  <Check aria-hidden className="size-4" />
                </span>
              )}
              {taking.pending && taken === path && (
                <span className="absolute inset-0 grid place-items-center bg-ink/70">
                  <Spinner />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
