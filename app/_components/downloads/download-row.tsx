"use client";

import { Ellipsis, Pause, Play, Trash2, Zap } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import type { DownloadItem } from "@/lib/downloads/schema";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Menu, MenuItem } from "../ui/menu";
import { ProgressBar } from "../ui/progress-bar";
import { RowCheckbox } from "../ui/row-checkbox";
import { durationText, percentText, sizeText, speedText, workLeft } from "../words/measures";
import { commandsFor, stateTones } from "./download-look";
import { ReplaceOffer } from "./replace-offer";
import type { DownloadCommands } from "./use-downloads";

interface DownloadRowProps {
  download: DownloadItem;
  /** Why what was asked of it last was not done. */
  fault: string | null;
  commands: DownloadCommands;
  selected: boolean;
  /** `isRange`: and everything from the one that was pressed before. */
  onSelect: (selected: boolean, isRange: boolean) => void;
  onDelete: () => void;
}

/** One torrent: which movie it is for, how far it is, why it waits, and what can be done. */
export function DownloadRow({
  download,
  fault,
  commands,
  selected,
  onSelect,
  onDelete,
}: DownloadRowProps) {
  const t = useTranslations("downloads");
  const can = commandsFor(download);
  const title = download.movieTitle;
  return (
    <li
      className={`grid grid-cols-1 gap-3 rounded-xl border bg-surface p-4 ${selected ? "border-lamp" : "border-line"}`}
    >
      <div className="flex items-center gap-3">
        <RowCheckbox
          label={t("select", { title })}
          checked={selected}
          onChange={onSelect}
          className="-m-2"
        />
        <Link
          href={`/movies/${download.movieId}`}
          prefetch={false}
          className="line-clamp-2 min-w-0 grow font-semibold hover:underline"
        >
          <bdi>{title}</bdi>
        </Link>
        <div className="-my-2 -me-2 flex shrink-0 gap-1">
          {(can.pause || can.resume) && (
            <Button
              square
              tone="quiet"
              onClick={() => commands.send([download], can.pause ? "pause" : "resume")}
              aria-label={t(can.pause ? "pauseLabel" : "resumeLabel", { title })}
            >
              {can.pause ? (
                <Pause aria-hidden className="size-5" />
              ) : (
                <Play aria-hidden className="size-5" />
              )}
            </Button>
          )}
          <Menu
            trigger={
              <Button square tone="quiet" aria-label={t("moreLabel", { title })}>
                <Ellipsis aria-hidden className="size-5" />
              </Button>
            }
          >
            {can.force && (
              <MenuItem
                icon={<Zap aria-hidden />}
                onSelect={() => commands.send([download], "force-start")}
              >
                {t("forceStart")}
              </MenuItem>
            )}
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={onDelete}>
              {t("delete")}
            </MenuItem>
          </Menu>
        </div>
      </div>
      <div className="flex min-w-0 items-center gap-3">
        <Badge tone={stateTones[download.state]}>{t(`state.${download.state}`)}</Badge>
        <p className="truncate text-caption text-faint" title={download.name}>
          <bdi>{download.name}</bdi>
        </p>
      </div>
      <ProgressBar
        value={download.state === "metadata" ? null : download.progress}
        label={t("progressLabel", { title })}
        tone={
          download.state === "failed"
            ? "danger"
            : download.state === "downloading"
              ? "lamp"
              : "faint"
        }
      />
      <Numbers download={download} />
      {download.preparing && <Preparing preparing={download.preparing} />}
      {download.stateDetail && (
        <p className={`text-caption ${download.state === "failed" ? "text-danger" : "text-faint"}`}>
          {download.stateDetail}
        </p>
      )}
      {fault && (
        <p role="alert" className="text-caption text-danger">
          {t("notDone", { why: fault })}
        </p>
      )}
      {(download.deadSince || download.isBeingReplaced) && <ReplaceOffer download={download} />}
    </li>
  );
}

/** After the download: how far its movie is on the way to be playable. */
function Preparing({ preparing }: { preparing: NonNullable<DownloadItem["preparing"]> }) {
  const t = useTranslations("downloads");
  const locale = useLocale();
  const percent = percentText(preparing.fraction, locale);
  const { remainingSeconds } = preparing;
  return (
    <p data-numbers className="text-caption">
      {remainingSeconds === null
        ? t("preparing", { percent })
        : t("preparingLeft", { percent, time: workLeft(remainingSeconds, locale) })}
    </p>
  );
}

function Numbers({ download }: { download: DownloadItem }) {
  const t = useTranslations("downloads");
  const locale = useLocale();
  const isRunning = download.state === "downloading";
  const { sizeBytes } = download;
  const done = sizeBytes === null ? null : sizeText(sizeBytes * download.progress, locale);
  return (
    <dl data-numbers className="flex flex-wrap gap-x-5 gap-y-1 text-caption [&_dt]:sr-only">
      {download.state !== "metadata" && (
        <div className="font-medium">
          <dt>{t("progress")}</dt>
          <dd>{percentText(download.progress, locale)}</dd>
        </div>
      )}
      {sizeBytes !== null && (
        <div className="text-faint">
          <dt>{t("size")}</dt>
          <dd>
            {download.progress >= 1
              ? sizeText(sizeBytes, locale)
              : t("sizeDone", { done: done ?? "", size: sizeText(sizeBytes, locale) })}
          </dd>
        </div>
      )}
      {isRunning && (
        <div>
          <dt>{t("speed")}</dt>
          <dd>{speedText(download.speedBytesPerSecond, locale)}</dd>
        </div>
      )}
      {isRunning && download.etaSeconds !== null && (
        <div className="text-faint">
          <dt>{t("remaining")}</dt>
          <dd>{t("left", { time: durationText(download.etaSeconds, locale) })}</dd>
        </div>
      )}
      <div className="text-faint">
        <dt>{t("seeds")}</dt>
        <dd>{t("seedsAndPeers", { seeds: download.seeds, peers: download.peers })}</dd>
      </div>
      {download.progress >= 1 && download.ratio >= 0.005 && (
        <div className="text-faint">
          <dt>{t("ratio")}</dt>
          <dd>
            {t("ratioValue", {
              ratio: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
                download.ratio,
              ),
            })}
          </dd>
        </div>
      )}
    </dl>
  );
}
