"use client";

import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { editMovieAction } from "@/lib/library/actions";
import type { LibraryRow } from "@/lib/library/schema";
import type { PictureView } from "@/lib/movies/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { PanelDialog } from "../ui/panel-dialog";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { EditPoster } from "./edit-poster";

interface EditMovieProps {
  movie: Pick<LibraryRow, "id" | "title" | "year" | "tmdbId" | "edited">;
  poster: PictureView | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Title, year and poster by hand; each can go back to what TMDB says. */
export function EditMovie({ movie, poster, open, onOpenChange }: EditMovieProps) {
  const t = useTranslations("movieEdit");
  const [title, setTitle] = useState(movie.title);
  const [year, setYear] = useState(movie.year === null ? "" : String(movie.year));
  const saving = useCommand();
  const isEdited = movie.edited.includes("title") || movie.edited.includes("year");
  const isSame = title.trim() === movie.title && year.trim() === String(movie.year ?? "");
  const isYear = year.trim() === "" || /^(1[89]|2[01])\d\d$/.test(year.trim());
  const mayLeaveYearOut = movie.year === null || movie.edited.includes("year");

  const save = () => {
    const wanted = title.trim();
    if (wanted === "" || !isYear || isSame || saving.pending) return;
    const isOtherYear = year.trim() !== String(movie.year ?? "");
    saving.run(
      () =>
        editMovieAction({
          movieId: movie.id,
          ...(wanted !== movie.title && { title: wanted }),
          ...(isOtherYear && { year: year.trim() === "" ? null : Number(year) }),
        }),
      () => {
        onOpenChange(false);
        showToast({ message: t("editedSaid", { title: wanted }), detail: t("editedSaidDetail") });
      },
    );
  };
  const back = () =>
    saving.run(
      () => editMovieAction({ movieId: movie.id, title: null, year: null }),
      () => {
        onOpenChange(false);
        showToast({ message: t("titleBack") });
      },
    );

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("editTitle")}
      description={t("editDescription")}
      closeLabel={t("close")}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
          <Field
            label={t("titleField")}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            required
            maxLength={300}
            dir="auto"
            autoComplete="off"
          />
          <Field
            label={t("yearField")}
            value={year}
            onChange={(event) => setYear(event.target.value)}
            inputMode="numeric"
            maxLength={4}
            autoComplete="off"
            required={!mayLeaveYearOut}
            error={isYear ? undefined : t("yearMalformed")}
          />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          {isEdited && (
            <Button tone="quiet" onClick={back} disabled={saving.pending}>
              <Undo2 aria-hidden className="size-5 rtl:-scale-x-100" />
              {t("back")}
            </Button>
          )}
          <Button
            type="submit"
            tone="primary"
            pending={saving.pending}
            disabled={isSame || !isYear || title.trim() === ""}
          >
            {t("save")}
          </Button>
        </div>
      </form>
      <EditPoster
        movie={movie}
        poster={poster}
        isEdited={movie.edited.includes("poster")}
        onDone={() => onOpenChange(false)}
      />
    </PanelDialog>
  );
}
