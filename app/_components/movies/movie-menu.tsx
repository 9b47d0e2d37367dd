"use client";

import { Ellipsis, Eye, EyeOff, History, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { deleteMovieAction } from "@/lib/movies/actions";
import { removeFromContinueAction, setWatchedAction } from "@/lib/playback/actions";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Menu, MenuItem } from "../ui/menu";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { useOwnMark } from "./use-own-mark";

interface MovieMenuProps {
  movieId: string;
  title: string;
  watched: boolean;
  /** The person stopped somewhere in it. */
  started: boolean;
  mayDelete: boolean;
}

/** What can be done with a movie beside watching it. */
export function MovieMenu({ movieId, title, watched, started, mayDelete }: MovieMenuProps) {
  const t = useTranslations("movieMenu");
  const common = useTranslations("common");
  const router = useRouter();
  const own = useCommand();
  const deleting = useCommand();
  const [asking, setAsking] = useState(false);
  const seen = useOwnMark({
    value: watched,
    save: (to) => setWatchedAction({ movieId, watched: to }),
    said: (to) => t(to ? "watchedSaid" : "unwatchedSaid", { title }),
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
        {started && (
          <MenuItem
            icon={<History aria-hidden />}
            onSelect={() =>
              own.run(
                () => removeFromContinueAction({ movieId }),
                () => showToast({ message: t("removedFromContinue", { title }) }),
              )
            }
          >
            {t("removeFromContinue")}
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setAsking(true)}>
            {t("delete")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("deleteTitle", { title })}
        description={t("deleteDescription")}
        confirmLabel={t("deleteConfirm")}
        cancelLabel={common("cancel")}
        pending={deleting.pending}
        onConfirm={() =>
          deleting.run(
            () => deleteMovieAction({ movieId }),
            () => {
              showToast({ message: t("deleted", { title }) });
              router.push("/");
            },
            { stay: false },
          )
        }
      />
    </>
  );
}
