"use client";

import { RotateCcw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { deleteFromBinAction } from "@/lib/bin/actions";
import type { BinItem } from "@/lib/bin/schema";
import { Button } from "../ui/button";
import { showToast } from "../ui/toast";
import { TypedConfirm } from "../ui/typed-confirm";
import { useCommand } from "../ui/use-command";
import { useRestore } from "./use-restore";

/** Brings one thing back, or deletes it for good after a word was typed. */
export function EntryActions({ item }: { item: Pick<BinItem, "id" | "kind" | "title"> }) {
  const { id, kind, title } = item;
  const t = useTranslations("bin");
  const router = useRouter();
  const restore = useRestore();
  const [restoring, startRestoring] = useTransition();
  const deleting = useCommand();
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex gap-2">
      <Button
        pending={restoring}
        className="max-sm:grow"
        aria-label={t("restoreLabel", { title })}
        onClick={() => startRestoring(() => restore(id, () => router.refresh()))}
      >
        <RotateCcw aria-hidden className="size-5" />
        {t("restore")}
      </Button>
      <Button
        tone="quiet"
        square
        aria-label={t("deleteLabel", { title })}
        aria-haspopup="dialog"
        title={t("deleteForGood")}
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden className="size-5" />
      </Button>
      {asking && (
        <TypedConfirm
          open
          onOpenChange={setAsking}
          title={t("deleteTitle", { title })}
          description={t(kind === "movie" ? "movieForGood" : "versionForGood")}
          confirmLabel={t("deleteForGood")}
          word={t("word")}
          orTyped={title}
          pending={deleting.pending}
          onConfirm={() =>
            deleting.run(
              () => deleteFromBinAction({ id }),
              () => {
                setAsking(false);
                showToast({ message: t("deleted", { title }) });
              },
            )
          }
        />
      )}
    </div>
  );
}
