"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { downloadCommandAction } from "@/lib/downloads/actions";
import { showToast } from "../ui/toast";
import type { DownloadItem } from "./download-row";

export type Command = "pause" | "resume" | "force-start" | "delete";

export interface DownloadCommands {
  pending: boolean;
  /** Asks the same of several torrents; what they will be is shown at once. */
  send: (
    downloads: readonly DownloadItem[],
    command: Command,
    options?: { deleteFiles?: boolean },
  ) => void;
}

interface Change {
  ids: ReadonlySet<string>;
  command: Command;
}

function changed(downloads: readonly DownloadItem[], { ids, command }: Change) {
  if (command === "delete") return downloads.filter(({ versionId }) => !ids.has(versionId));
  const state = command === "pause" ? "paused" : "queued";
  return downloads.map((download) =>
    ids.has(download.versionId) ? ({ ...download, state } as const) : download,
  );
}

/** The downloads as they will be once what was asked is done, and how to ask. */
export function useDownloads(downloads: readonly DownloadItem[]) {
  const t = useTranslations("downloads");
  const common = useTranslations("common");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [shown, change] = useOptimistic(downloads, changed);

  const send: DownloadCommands["send"] = (chosen, command, { deleteFiles = false } = {}) =>
    startTransition(async () => {
      change({ ids: new Set(chosen.map(({ versionId }) => versionId)), command });
      let done = 0;
      try {
        // Server actions run one after the other in any case.
        for (const { infoHash } of chosen) {
          if (!infoHash) continue;
          const outcome = await downloadCommandAction({ infoHash, command, deleteFiles });
          if (outcome.ok) done += 1;
          else
            showToast({
              message: outcome.problem.title,
              detail: outcome.problem.detail,
              tone: "danger",
            });
        }
      } catch {
        showToast({
          message: common("noAnswer"),
          detail: common("noAnswerDetail"),
          tone: "danger",
        });
      }
      // What was shown ahead stays until the page comes anew.
      router.refresh();
      if (done > 0 && command === "delete")
        showToast({ message: t("deletedSaid", { count: done }) });
    });

  return { shown, commands: { pending, send } satisfies DownloadCommands };
}
