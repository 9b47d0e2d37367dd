"use client";

import { ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { deleteFilesAction } from "@/lib/versions/actions";
import type { FileView } from "@/lib/versions/schema";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { sizeText } from "../words/measures";
import { FileRow } from "./file-row";
import { mayDelete, useFiles } from "./use-files";

const order: readonly FileView["role"][] = ["video", "original", "subtitle", "other", "image"];
/** Of what is deleted, as many as a question can name and stay one. */
const namedAtOnce = 5;

const bytesOf = (files: readonly FileView[]) =>
  files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);

/** Every file of a movie, by what it is for; some can be chosen and deleted. */
export function FileList({ movieId }: { movieId: string }) {
  const t = useTranslations("movieFiles");
  const common = useTranslations("common");
  const locale = useLocale();
  const { files, failed, ask } = useFiles(movieId);
  const deleting = useCommand();
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);

  if (failed && !files) {
    return (
      <Notice
        tone="danger"
        title={t("failed")}
        action={<Button onClick={() => void ask()}>{t("askAgain")}</Button>}
      >
        {t("failedDetail")}
      </Notice>
    );
  }
  if (!files) {
    return (
      <div className="grid gap-3" role="status" aria-label={t("loading")}>
        <Skeleton className="h-6 w-48" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  if (files.length === 0) return <p className="text-faint">{t("none")}</p>;

  // What was chosen and is gone meanwhile is chosen no more.
  const chosen = files.filter((file) => chosenIds.has(file.id) && mayDelete(file));
  const unused = files.filter((file) => mayDelete(file) && !file.inUse);
  const choose = (file: FileView, isChosen: boolean) => {
    const next = new Set(chosenIds);
    if (isChosen) next.add(file.id);
    else next.delete(file.id);
    setChosenIds(next);
  };

  const remove = () =>
    deleting.run(
      () => deleteFilesAction({ movieId, fileIds: chosen.map(({ id }) => id) }),
      ({ deleted, refused }) => {
        setAsking(false);
        setChosenIds(new Set());
        if (refused.length > 0) {
          const detail = refused.join(" ");
          showToast({ message: t("someStayed", { count: deleted }), detail, tone: "danger" });
        } else showToast({ message: t("deleted", { count: deleted }) });
        void ask();
      },
    );

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p data-numbers className="text-faint">
          {t("summary", { count: files.length, size: sizeText(bytesOf(files), locale) })}
        </p>
        {unused.length > 0 && (
          <Button
            tone="quiet"
            onClick={() => setChosenIds(new Set(unused.map(({ id }) => id)))}
            className="-mx-4"
          >
            {t("chooseUnused", { count: unused.length })}
          </Button>
        )}
      </div>
      {order.map((role) => {
        const group = files.filter((file) => file.role === role);
        return group.length > 0 ? (
          <Group key={role} role={role} files={group} chosen={chosenIds} onChoose={choose} />
        ) : null;
      })}
      {chosen.length > 0 && (
        <div className="sticky bottom-[calc(var(--bottom-bar)+0.75rem)] z-10 flex flex-wrap items-center justify-between gap-3 rounded-xl border border-lamp/60 bg-raised py-2.5 ps-4 pe-2.5 shadow-xl shadow-ink">
          <p data-numbers aria-live="polite" className="font-medium">
            {t("chosen", { count: chosen.length, size: sizeText(bytesOf(chosen), locale) })}
          </p>
          <div className="flex gap-2">
            <Button tone="quiet" onClick={() => setChosenIds(new Set())}>
              {t("chooseNone")}
            </Button>
            <Button tone="danger" onClick={() => setAsking(true)}>
              <Trash2 aria-hidden className="size-5" />
              {t("delete")}
            </Button>
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("deleteTitle", { count: chosen.length })}
        description={t("deleteDescription", { size: sizeText(bytesOf(chosen), locale) })}
        confirmLabel={t("deleteConfirm", { count: chosen.length })}
        cancelLabel={common("cancel")}
        pending={deleting.pending}
        onConfirm={remove}
      >
        <ul className="grid max-h-60 gap-2 overflow-y-auto rounded-lg bg-ink p-3 text-caption">
          {chosen.slice(0, namedAtOnce).map((file) => (
            <li key={file.id} className="grid gap-0.5">
              <span dir="ltr" className="text-start break-all">
                {file.relativePath}
              </span>
              <span className={file.inUse ? "text-lamp" : "text-faint"}>
                {t(`happens.${file.role === "subtitle" && file.inUse ? "subtitle" : "unused"}`)}
              </span>
            </li>
          ))}
          {chosen.length > namedAtOnce && (
            <li className="text-faint">{t("andMore", { count: chosen.length - namedAtOnce })}</li>
          )}
        </ul>
      </ConfirmDialog>
    </div>
  );
}

interface GroupProps {
  role: FileView["role"];
  files: readonly FileView[];
  chosen: ReadonlySet<string>;
  onChoose: (file: FileView, chosen: boolean) => void;
}

function Group({ role, files, chosen, onChoose }: GroupProps) {
  const t = useTranslations("movieFiles");
  const locale = useLocale();
  const rows = (
    <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
      {files.map((file) => (
        <FileRow
          key={file.id}
          file={file}
          chosen={chosen.has(file.id)}
          onChoose={(isChosen) => onChoose(file, isChosen)}
        />
      ))}
    </ul>
  );
  const name = t(`role.${role}`);
  // Dozens of small pictures, which nobody comes for.
  if (role === "image") {
    return (
      <details className="group grid gap-2">
        <summary className="flex min-h-11 items-center gap-2 font-semibold hover:text-lamp">
          <ChevronRight
            aria-hidden
            className="size-5 text-faint transition-transform group-open:rotate-90 rtl:-scale-x-100"
          />
          {t("folded", { name, count: files.length, size: sizeText(bytesOf(files), locale) })}
        </summary>
        {rows}
      </details>
    );
  }
  return (
    <section aria-label={name} className="grid gap-2">
      <h3 className="font-semibold">{name}</h3>
      {rows}
    </section>
  );
}
