"use client";

import { Ellipsis, FolderOpen, Pencil, Replace, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { binMoviesAction, deleteMoviesAction } from "@/lib/library/actions";
import type { LibraryRow } from "@/lib/library/schema";
import type { PictureView } from "@/lib/movies/schema";
import { Button } from "../ui/button";
import { Menu, MenuItem } from "../ui/menu";
import { useSelection } from "./selection";
import { useBulk } from "./use-bulk";

// Opened rarely: loaded then.
const EditMovie = dynamic(() => import("./edit-movie").then((file) => file.EditMovie));
const Rematch = dynamic(() => import("../movies/rematch").then((file) => file.Rematch));
const MoveQuestion = dynamic(() => import("./move-question").then((file) => file.MoveQuestion));

interface RowActionsProps {
  movie: Pick<LibraryRow, "id" | "title" | "year" | "tmdbId" | "edited">;
  poster: PictureView | null;
  binDays: number;
}

/** What can be done with one movie of the table. */
export function RowActions({ movie, poster, binDays }: RowActionsProps) {
  const t = useTranslations("library");
  const router = useRouter();
  const { choose } = useSelection();
  const { pending, run } = useBulk();
  const [open, setOpen] = useState<"edit" | "rematch" | "move" | null>(null);
  const { id, title } = movie;
  const onOpenChange = (isOpen: boolean) => !isOpen && setOpen(null);
  const intoBin = binDays > 0;

  const move = () => {
    setOpen(null);
    run(
      [id],
      (movieIds) => (intoBin ? binMoviesAction({ movieIds }) : deleteMoviesAction({ movieIds })),
      { message: (count) => t(intoBin ? "movedSaid" : "deletedSaid", { count }), intoBin },
      (done) => choose(done, false),
    );
  };

  return (
    <>
      <Menu
        trigger={
          <Button
            square
            tone="quiet"
            data-stop
            pending={pending}
            aria-label={t("actionsOf", { title })}
          >
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen("edit")}>
          {t("edit")}
        </MenuItem>
        <MenuItem icon={<Replace aria-hidden />} onSelect={() => setOpen("rematch")}>
          {t("rematch")}
        </MenuItem>
        <MenuItem
          icon={<FolderOpen aria-hidden />}
          onSelect={() => router.push(`/movies/${id}?part=files#parts`)}
        >
          {t("files")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen("move")}>
          {t(intoBin ? "toBin" : "delete")}
        </MenuItem>
      </Menu>
      {open === "edit" && (
        <EditMovie movie={movie} poster={poster} open onOpenChange={onOpenChange} />
      )}
      {open === "rematch" && (
        <Rematch
          movieId={id}
          title={title}
          tmdbId={movie.tmdbId}
          open
          onOpenChange={onOpenChange}
        />
      )}
      {open === "move" && (
        <MoveQuestion
          count={1}
          days={binDays}
          pending={pending}
          onOpenChange={onOpenChange}
          onConfirm={move}
        />
      )}
    </>
  );
}
