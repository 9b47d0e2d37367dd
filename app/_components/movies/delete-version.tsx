"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { binVersionAction } from "@/lib/bin/actions";
import { deleteVersionAction } from "@/lib/versions/actions";
import { useMoved } from "../bin/use-moved";
import { CommandButton } from "../ui/command-button";

interface DeleteVersionProps {
  versionId: string;
  /** What the version is called on its card. */
  name: string;
  /** For how many days it can be brought back; 0 for not at all. */
  binDays: number;
}

/** Deletes a version with its files and its download, after a question; into the bin where there is one. */
export function DeleteVersion({ versionId, name, binDays }: DeleteVersionProps) {
  const t = useTranslations("versionMenu");
  const bin = useTranslations("bin");
  const sayMoved = useMoved();
  const look = {
    square: true,
    tone: "quiet",
    label: t("delete", { name }),
    children: <Trash2 aria-hidden className="size-5" />,
  } as const;
  if (binDays === 0) {
    return (
      <CommandButton
        {...look}
        command={() => deleteVersionAction({ versionId })}
        said={t("deleted")}
        ask={{
          title: t("deleteTitle"),
          description: t("deleteDescription"),
          confirm: t("deleteConfirm"),
        }}
      />
    );
  }
  return (
    <CommandButton
      {...look}
      command={() => binVersionAction({ id: versionId })}
      said={({ days }) => {
        sayMoved({ id: versionId, message: bin("versionMoved"), days });
        return null;
      }}
      ask={{
        title: t("deleteTitle"),
        description: bin("versionDescription", { days: binDays }),
        confirm: bin("toBin"),
      }}
    />
  );
}
