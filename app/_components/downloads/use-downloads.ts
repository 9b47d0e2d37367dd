"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { downloadCommandAction } from "@/lib/downloads/actions";
import type { DownloadItem } from "@/lib/downloads/schema";
import { showToast } from "../ui/toast";
import { type Command, canDo } from "./download-look";

export interface DownloadCommands {
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
  if (command === "delete") return downloads.filter(({ id }) => !ids.has(id));
  return downloads.map((download): DownloadItem => {
    if (!ids.has(download.id)) return download;
    const still = { speedBytesPerSecond: 0, etaSeconds: null, stateDetail: null };
    if (command === "pause") return { ...download, ...still, state: "paused", isHeldBack: false };
    return { ...download, ...still, state: "queued" };
  });
}

/**
 * The downloads as they will be once what was asked is done, and how to ask. What is not done is as
 * it was again, and its row says why until something is asked of it anew.
 */
export function useDownloads(downloads: readonly DownloadItem[]) {
  const t = useTranslations("downloads");
  const common = useTranslations("common");
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, change] = useOptimistic(downloads, changed);
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());

  const send: DownloadCommands["send"] = (chosen, command, { deleteFiles = false } = {}) =>
    startTransition(async () => {
      const ids = chosen.filter((download) => canDo(download, command)).map(({ id }) => id);
      if (ids.length === 0) return;
      change({ ids: new Set(ids), command });
      const before = new Map([...faults].filter(([id]) => !ids.includes(id)));
      setFaults(before);
      try {
        const outcome = await downloadCommandAction({ ids, command, deleteFiles });
        if (outcome.ok) {
          const { failed } = outcome.data;
          if (failed.length > 0) {
            setFaults(new Map([...before, ...failed.map((one) => [one.id, one.detail] as const)]));
            showToast({
              message: t("failedSaid", { count: failed.length }),
              detail: failed[0]?.detail ?? "",
              tone: "danger",
            });
          }
          const done = ids.length - failed.length;
          if (done > 0 && command === "delete") {
            showToast({ message: t("deletedSaid", { count: done }) });
          }
        } else {
          const { title, detail } = outcome.problem;
          showToast({ message: title, detail, tone: "danger" });
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
    });

  return { shown, faults, commands: { send } satisfies DownloadCommands };
}
