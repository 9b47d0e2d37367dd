"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { emptyBinAction } from "@/lib/bin/actions";
import { Button } from "../ui/button";
import { showToast } from "../ui/toast";
import { TypedConfirm } from "../ui/typed-confirm";
import { useCommand } from "../ui/use-command";
import { sizeText } from "../words/measures";

/** Deletes for good everything that lies in the bin, after a word was typed. */
export function EmptyBin({ count, sizeBytes }: { count: number; sizeBytes: number }) {
  const t = useTranslations("bin");
  const locale = useLocale();
  const emptying = useCommand();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button tone="danger" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden className="size-5" />
        {t("emptyAll")}
      </Button>
      {asking && (
        <TypedConfirm
          open
          onOpenChange={setAsking}
          title={t("emptyTitle")}
          description={t("emptyDescription", { count, size: sizeText(sizeBytes, locale) })}
          confirmLabel={t("emptyAll")}
          word={t("word")}
          pending={emptying.pending}
          onConfirm={() =>
            emptying.run(
              () => emptyBinAction({}),
              () => {
                setAsking(false);
                showToast({ message: t("emptied") });
              },
            )
          }
        />
      )}
    </>
  );
}
