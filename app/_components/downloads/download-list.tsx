"use client";

import { Pause, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Switch } from "../ui/switch";
import { type DownloadItem, DownloadRow } from "./download-row";
import { useDownloads } from "./use-downloads";
import { useFigures } from "./use-figures";

/** All torrents, with what can be done with one or with several at once. */
export function DownloadList({ downloads }: { downloads: readonly DownloadItem[] }) {
  const t = useTranslations("downloads");
  const common = useTranslations("common");
  const { shown, commands } = useDownloads(useFigures(downloads));
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly DownloadItem[]>([]);
  const [withFiles, setWithFiles] = useState(false);
  // What is gone is not selected any more.
  const selected = shown.filter(({ versionId }) => selectedIds.has(versionId));

  function select(id: string, on: boolean) {
    const ids = new Set(selectedIds);
    if (on) ids.add(id);
    else ids.delete(id);
    setSelectedIds(ids);
  }

  function sendSelected(command: "pause" | "resume") {
    commands.send(selected, command);
    setSelectedIds(new Set());
  }

  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2">
        <label className="flex min-h-11 items-center gap-3 ps-4 pe-2">
          <input
            type="checkbox"
            checked={selected.length > 0 && selected.length === shown.length}
            ref={(box) => {
              if (box) box.indeterminate = selected.length > 0 && selected.length < shown.length;
            }}
            onChange={(event) =>
              setSelectedIds(
                new Set(event.target.checked ? shown.map(({ versionId }) => versionId) : []),
              )
            }
            className="size-5"
          />
          {selected.length > 0 ? t("selected", { count: selected.length }) : t("selectAll")}
        </label>
        {selected.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => sendSelected("pause")}>
              <Pause aria-hidden className="size-5" />
              {t("pause")}
            </Button>
            <Button onClick={() => sendSelected("resume")}>
              <Play aria-hidden className="size-5" />
              {t("resume")}
            </Button>
            <Button tone="danger" onClick={() => setDeleting(selected)}>
              <Trash2 aria-hidden className="size-5" />
              {t("delete")}
            </Button>
          </div>
        )}
      </div>
      <ul className="grid grid-cols-1 gap-3">
        {shown.map((download) => (
          <DownloadRow
            key={download.versionId}
            download={download}
            commands={commands}
            selected={selectedIds.has(download.versionId)}
            onSelect={(on) => select(download.versionId, on)}
            onDelete={() => setDeleting([download])}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={deleting.length > 0}
        onOpenChange={(open) => {
          if (!open) setDeleting([]);
        }}
        title={t("deleteTitle", {
          count: deleting.length,
          title: deleting[0]?.movieTitle ?? "",
        })}
        description={t("deleteDescription", { count: deleting.length })}
        confirmLabel={t("deleteConfirm")}
        cancelLabel={common("cancel")}
        onConfirm={() => {
          commands.send(deleting, "delete", { deleteFiles: withFiles });
          setDeleting([]);
          setWithFiles(false);
        }}
      >
        <Switch
          label={t("deleteFiles")}
          hint={t("deleteFilesHint")}
          checked={withFiles}
          onCheckedChange={setWithFiles}
        />
      </ConfirmDialog>
    </>
  );
}
