"use client";

import { Ellipsis, Languages, Pencil, Timer, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { deleteSubtitleAction } from "@/lib/subtitles/actions";
import type { SubtitleView } from "@/lib/subtitles/schema";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Menu, MenuItem } from "../ui/menu";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { DelayDialog } from "./delay-dialog";
import { EditDialog } from "./edit-dialog";
import { EncodingDialog } from "./encoding-dialog";

interface SubtitleActionsProps {
  subtitle: SubtitleView;
  /** Its language, in the reader's own. */
  name: string;
  languages: { code: string; name: string }[];
}

/** What can be done with one subtitle. */
export function SubtitleActions({ subtitle, name, languages }: SubtitleActionsProps) {
  const t = useTranslations("subtitles");
  const common = useTranslations("common");
  const removing = useCommand();
  const [open, setOpen] = useState<"edit" | "delay" | "encoding" | "remove" | null>(null);
  const isUsable = subtitle.url !== null;
  const dialog = (which: typeof open) => ({
    open: open === which,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? which : null),
  });
  return (
    <>
      {isUsable && !subtitle.isEncodingCertain && (
        <Button onClick={() => setOpen("encoding")} className="shrink-0">
          {t("checkLetters")}
        </Button>
      )}
      <Menu
        trigger={
          <Button square tone="quiet" aria-label={t("actions", { name })} className="shrink-0">
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        {isUsable && (
          <>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen("edit")}>
              {t("edit")}
            </MenuItem>
            <MenuItem icon={<Timer aria-hidden />} onSelect={() => setOpen("delay")}>
              {t("delay")}
            </MenuItem>
            <MenuItem icon={<Languages aria-hidden />} onSelect={() => setOpen("encoding")}>
              {t("encoding")}
            </MenuItem>
          </>
        )}
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen("remove")}>
          {t("remove")}
        </MenuItem>
      </Menu>
      <EditDialog {...dialog("edit")} subtitle={subtitle} languages={languages} />
      <DelayDialog {...dialog("delay")} subtitle={subtitle} name={name} />
      <EncodingDialog {...dialog("encoding")} subtitle={subtitle} />
      <ConfirmDialog
        {...dialog("remove")}
        title={t("removeTitle", { name })}
        description={t(subtitle.source === "upload" ? "removeUploadDetail" : "removeDetail")}
        confirmLabel={t("remove")}
        cancelLabel={common("cancel")}
        pending={removing.pending}
        onConfirm={() =>
          removing.run(
            () => deleteSubtitleAction({ id: subtitle.id }),
            () => {
              setOpen(null);
              showToast({ message: t("removed") });
            },
          )
        }
      />
    </>
  );
}
