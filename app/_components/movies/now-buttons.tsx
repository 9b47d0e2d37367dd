"use client";

import { Pause, Play, RotateCw, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import { downloadCommandAction } from "@/lib/downloads/actions";
import type { DownloadItem } from "@/lib/downloads/schema";
import { retryJobAction } from "@/lib/queue/actions";
import { commandsFor } from "../downloads/download-look";
import { CommandButton } from "../ui/command-button";

interface NowButtonsProps {
  /** Work that can be tried again, or sooner. */
  retryJobId: string | null;
  /** A torrent that can be paused or continued. */
  download: Pick<DownloadItem, "id" | "state" | "isHeldBack" | "isInClient"> | null;
}

/** What helps a movie on its way: try again, pause, continue, ahead of others. */
export function NowButtons({ retryJobId, download }: NowButtonsProps) {
  const t = useTranslations("moviePage");
  const can = download && commandsFor(download);
  async function send(command: "pause" | "resume" | "force-start") {
    const outcome = await downloadCommandAction({ ids: [download?.id ?? ""], command });
    if (!outcome.ok) return outcome;
    const [failed] = outcome.data.failed;
    // One torrent alone: what was not done with it is what went wrong.
    return failed ? { ok: false as const, problem: { title: failed.detail } } : outcome;
  }
  return (
    <>
      {retryJobId && (
        <CommandButton
          command={() => retryJobAction({ jobId: retryJobId })}
          said={t("triedAgain")}
          label={t("tryAgain")}
        >
          <RotateCw aria-hidden className="size-5" />
          {t("tryAgain")}
        </CommandButton>
      )}
      {can?.pause && (
        <CommandButton command={() => send("pause")} said={t("paused")}>
          <Pause aria-hidden className="size-5" />
          {t("pause")}
        </CommandButton>
      )}
      {can?.resume && (
        <CommandButton command={() => send("resume")} said={t("continued")}>
          <Play aria-hidden className="size-5" />
          {t(download?.state === "failed" ? "tryAgain" : "continue")}
        </CommandButton>
      )}
      {can?.force && download?.state === "queued" && (
        <CommandButton command={() => send("force-start")} said={t("continued")}>
          <Zap aria-hidden className="size-5" />
          {t("startNow")}
        </CommandButton>
      )}
    </>
  );
}
