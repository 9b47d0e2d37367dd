"use client";

import { Pause, Play, Trash2, X, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import type { DownloadItem } from "@/lib/downloads/schema";
import { Button } from "../ui/button";
import { type Command, canDo } from "./download-look";

interface BulkBarProps {
  selected: readonly DownloadItem[];
  onCommand: (command: "pause" | "resume" | "force-start") => void;
  onDelete: () => void;
  onClear: () => void;
}

const icons = { pause: Pause, resume: Play, "force-start": Zap } as const;
const words = { pause: "pause", resume: "resume", "force-start": "forceStart" } as const;

/**
 * What can be done with all chosen downloads at once; it stays in sight below the list. A command
 * that means nothing to any of them is not offered.
 */
export function BulkBar({ selected, onCommand, onDelete, onClear }: BulkBarProps) {
  const t = useTranslations("downloads");
  const offered = (["pause", "resume", "force-start"] as const).filter((command: Command) =>
    selected.some((download) => canDo(download, command)),
  );
  return (
    <div
      role="toolbar"
      aria-label={t("bulkLabel")}
      className="panel sticky bottom-[calc(var(--bottom-bar)+0.75rem)] z-20 flex flex-wrap items-center gap-2 p-2"
    >
      <p role="status" className="grow ps-2 font-medium">
        {t("selected", { count: selected.length })}
      </p>
      {offered.map((command) => {
        const Icon = icons[command];
        return (
          <Button key={command} onClick={() => onCommand(command)}>
            <Icon aria-hidden className="size-5" />
            {t(words[command])}
          </Button>
        );
      })}
      <Button tone="danger" onClick={onDelete}>
        <Trash2 aria-hidden className="size-5" />
        {t("delete")}
      </Button>
      <Button square tone="quiet" aria-label={t("clearSelection")} onClick={onClear}>
        <X aria-hidden className="size-5" />
      </Button>
    </div>
  );
}
