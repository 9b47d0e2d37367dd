"use client";

import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { restoreBackupAction, restoreChangesAction } from "@/lib/backups/actions";
import type { RestoreChanges } from "@/lib/backups/schema";
import { Skeleton } from "../ui/skeleton";
import { showToast } from "../ui/toast";
import { TypedConfirm } from "../ui/typed-confirm";
import { useCommand } from "../ui/use-command";
import { listText } from "../words/measures";

interface RestoreBackupProps {
  name: string;
  date: string;
  onClose: () => void;
}

/** Restores a backup, after what that changes was said and a word typed. */
export function RestoreBackup({ name, date, onClose }: RestoreBackupProps) {
  const t = useTranslations("backups");
  const { pending, run } = useCommand();
  return (
    <TypedConfirm
      open
      onOpenChange={onClose}
      title={t("restoreTitle", { date })}
      description={t("restoreDescription")}
      confirmLabel={t("restore")}
      word={t("restoreWord")}
      hint={pending ? t("restoring") : t("restoreHint")}
      pending={pending}
      onConfirm={() =>
        run(
          () => restoreBackupAction({ name }),
          () => {
            onClose();
            showToast({ message: t("restoredSaid"), detail: t("restoredDetail", { date }) });
          },
        )
      }
    >
      <WhatChanges name={name} />
    </TypedConfirm>
  );
}

const kinds = ["moviesGone", "moviesBack", "peopleGone", "peopleBack"] as const;

function WhatChanges({ name }: { name: string }) {
  const t = useTranslations("backups");
  const locale = useLocale();
  const [changes, setChanges] = useState<RestoreChanges | "unknown" | null>(null);

  useEffect(() => {
    let isWanted = true;
    restoreChangesAction({ name })
      .then((outcome) => isWanted && setChanges(outcome.ok ? outcome.data : "unknown"))
      .catch(() => isWanted && setChanges("unknown"));
    return () => {
      isWanted = false;
    };
  }, [name]);

  if (changes === "unknown") return <p className="text-faint">{t("changesUnknown")}</p>;
  const changed = changes && kinds.filter((kind) => changes[kind].count > 0);
  const namesOf = ({ count, names }: RestoreChanges["moviesGone"]) => {
    const rest = count - names.length;
    return listText(rest > 0 ? [...names, t("more", { count: rest })] : names, locale);
  };
  return (
    <div className="grid min-h-32 content-start gap-2 rounded-lg bg-ink p-4" aria-live="polite">
      {!changes && [1, 2, 3].map((line) => <Skeleton key={line} className="h-6 w-3/4" />)}
      {changed?.length === 0 && <p>{t("changesNone")}</p>}
      {changes && changed && changed.length > 0 && (
        <ul data-numbers className="grid gap-2">
          {changed.map((kind) => (
            <li key={kind}>
              {t(`changes.${kind}`, { count: changes[kind].count })}
              <span className="block text-caption text-faint">{namesOf(changes[kind])}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
