"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DownloadItem } from "@/lib/downloads/schema";
import { AllCheckbox } from "../ui/all-checkbox";
import { ConfirmDialog } from "../ui/dialog";
import { Switch } from "../ui/switch";
import { useSelection } from "../ui/use-selection";
import { BulkBar } from "./bulk-bar";
import { DownloadRow } from "./download-row";
import { useDownloads } from "./use-downloads";
import { useFigures } from "./use-figures";

/** All torrents, with what can be done with one or with several at once. */
export function DownloadList({ downloads }: { downloads: readonly DownloadItem[] }) {
  const t = useTranslations("downloads");
  const common = useTranslations("common");
  const { shown, faults, commands } = useDownloads(useFigures(downloads));
  const { selected, select, selectAll } = useSelection(shown.map(({ id }) => id));
  const [deleting, setDeleting] = useState<readonly DownloadItem[]>([]);
  const [withFiles, setWithFiles] = useState(false);
  const chosen = shown.filter(({ id }) => selected.has(id));

  return (
    <div className="grid grid-cols-1 gap-3">
      {shown.length > 0 && (
        <div className="ps-4">
          <AllCheckbox chosen={chosen.length} of={shown.length} onChange={selectAll}>
            {t("selectAll")}
          </AllCheckbox>
        </div>
      )}
      <ul className="grid grid-cols-1 gap-3">
        {shown.map((download) => (
          <DownloadRow
            key={download.id}
            download={download}
            fault={faults.get(download.id) ?? null}
            commands={commands}
            selected={selected.has(download.id)}
            onSelect={(on, isRange) => select(download.id, on, isRange)}
            onDelete={() => setDeleting([download])}
          />
        ))}
      </ul>
      {chosen.length > 0 && (
        <BulkBar
          selected={chosen}
          onCommand={(command) => {
            commands.send(chosen, command);
            selectAll(false);
          }}
          onDelete={() => setDeleting(chosen)}
          onClear={() => selectAll(false)}
        />
      )}
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
    </div>
  );
}
