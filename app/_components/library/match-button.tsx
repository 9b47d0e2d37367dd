"use client";

import { SearchCheck } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";

// Opened rarely: loaded then.
const Rematch = dynamic(() => import("../movies/rematch").then((file) => file.Rematch));

/** Of a movie that is no film of TMDB's yet: finds which one it is. */
export function MatchButton({ movieId, title }: { movieId: string; title: string }) {
  const t = useTranslations("library");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        data-stop
        aria-haspopup="dialog"
        aria-label={t("findFilmOf", { title })}
        onClick={() => setOpen(true)}
        className="-my-2 inline-flex min-h-11 items-center gap-1.5 rounded-lg pe-2 font-medium text-lamp underline-offset-4 hover:underline"
      >
        <SearchCheck aria-hidden className="size-4" />
        {t("findFilm")}
      </button>
      {open && (
        <Rematch movieId={movieId} title={title} tmdbId={null} open onOpenChange={setOpen} />
      )}
    </>
  );
}
