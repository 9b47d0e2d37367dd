"use client";

import { Ellipsis, Eye, EyeOff, History, Pencil, Replace, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { MovieView } from "@/lib/movies/schema";
import {
  removeFromContinueAction,
  restoreProgressAction,
  setWatchedAction,
} from "@/lib/playback/actions";
import { Button } from "../ui/button";
import { Menu, MenuItem } from "../ui/menu";
import { yearOf } from "../words/measures";
import { useOwnMark } from "./use-own-mark";

// Opened rarely: loaded then.
const DeleteMovie = dynamic(() => import("./delete-movie").then((file) => file.DeleteMovie));
const Rematch = dynamic(() => import("./rematch").then((file) => file.Rematch));
const EditMovie = dynamic(() => import("../library/edit-movie").then((file) => file.EditMovie));

interface MovieMenuProps {
  movie: Pick<
    MovieView,
    "id" | "title" | "tmdbId" | "watched" | "progress" | "releaseDate" | "poster" | "edited"
  >;
  /** Whoever looks may delete it and say what film it is. */
  mayChange: boolean;
  /** For how many days what is deleted can be brought back; 0 for not at all. */
  binDays: number;
}

/** What can be done with a movie beside watching it. */
export function MovieMenu({ movie, mayChange, binDays }: MovieMenuProps) {
  const { id: movieId, title } = movie;
  const t = useTranslations("movieMenu");
  const [open, setOpen] = useState<"delete" | "rematch" | "edit" | null>(null);
  // Where the person was before they took the movie off or called it watched: undo leads back there.
  const place = useRef(movie.progress);
  const putBack = () =>
    place.current
      ? restoreProgressAction({ movieId, ...place.current })
      : Promise.resolve({ ok: true as const, data: null });

  const seen = useOwnMark({
    value: movie.watched,
    async save(to) {
      if (to) place.current = movie.progress;
      const outcome = await setWatchedAction({ movieId, watched: to });
      return to || !outcome.ok ? outcome : putBack();
    },
    said: (to) => t(to ? "watchedSaid" : "unwatchedSaid", { title }),
  });
  const started = useOwnMark({
    value: movie.progress !== null,
    save(to) {
      if (to) return putBack();
      place.current = movie.progress;
      return removeFromContinueAction({ movieId });
    },
    said: (to) => t(to ? "backInContinue" : "removedFromContinue", { title }),
  });
  const dialog = (which: typeof open) => ({
    open: open === which,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? which : null),
  });

  return (
    <>
      <Menu
        trigger={
          <Button square data-stop aria-label={t("moreActions", { title })}>
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem
          icon={seen.value ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          onSelect={seen.toggle}
        >
          {seen.value ? t("markUnwatched") : t("markWatched")}
        </MenuItem>
        {started.value && (
          <MenuItem icon={<History aria-hidden />} onSelect={started.toggle}>
            {t("removeFromContinue")}
          </MenuItem>
        )}
        {mayChange && (
          <>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen("edit")}>
              {t("edit")}
            </MenuItem>
            <MenuItem icon={<Replace aria-hidden />} onSelect={() => setOpen("rematch")}>
              {t("rematch")}
            </MenuItem>
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen("delete")}>
              {t("delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === "delete" && (
        <DeleteMovie movieId={movieId} title={title} binDays={binDays} {...dialog("delete")} />
      )}
      {open === "edit" && (
        <EditMovie
          movie={{ ...movie, year: movie.releaseDate ? Number(yearOf(movie.releaseDate)) : null }}
          poster={movie.poster}
          {...dialog("edit")}
        />
      )}
      {open === "rematch" && (
        <Rematch movieId={movieId} title={title} tmdbId={movie.tmdbId} {...dialog("rematch")} />
      )}
    </>
  );
}
