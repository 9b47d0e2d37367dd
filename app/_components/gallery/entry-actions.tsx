"use client";

import { Check, CopyPlus, FlaskConical, RefreshCw } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { copyEntryAction } from "@/lib/galleries/actions";
import type { EntryView } from "@/lib/galleries/schema";
import { SourceTrial } from "../sources/source-trial";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { EntryVotes } from "./entry-votes";

interface EntryActionsProps {
  galleryId: string;
  entry: Pick<EntryView, "id" | "name" | "schema" | "score" | "copy">;
}

/** What can be done with an entry: look at what it finds, copy it, vote. */
export function EntryActions({ galleryId, entry }: EntryActionsProps) {
  const t = useTranslations("gallery");
  const [isTried, setTried] = useState(false);
  const trialId = useId();
  const { id, name, schema, score, copy } = entry;
  const command = () => copyEntryAction({ galleryId, entryId: id });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {copy === "same" && (
          <span className="inline-flex min-h-11 items-center gap-2 pe-2 text-lamp">
            <Check aria-hidden className="size-5" />
            {t("yours")}
          </span>
        )}
        {copy === "none" && (
          <CommandButton
            command={command}
            said={t("copied", { name })}
            label={t("copyLabel", { name })}
          >
            <CopyPlus aria-hidden className="size-5" />
            {t("copy")}
          </CommandButton>
        )}
        {copy === "changed" && (
          <CommandButton
            command={command}
            said={t("updated", { name })}
            label={t("updateLabel", { name })}
            ask={{
              title: t("updateTitle", { name }),
              description: t("updateDescription"),
              confirm: t("update"),
            }}
          >
            <RefreshCw aria-hidden className="size-5" />
            {t("update")}
          </CommandButton>
        )}
        <Button
          tone="quiet"
          aria-expanded={isTried}
          aria-controls={trialId}
          aria-label={t("previewLabel", { name })}
          onClick={() => setTried(!isTried)}
        >
          <FlaskConical aria-hidden className="size-5 max-sm:hidden" />
          {t("preview")}
        </Button>
        {copy === "changed" && <Badge tone="faint">{t("changedSince")}</Badge>}
        <div className="flex items-center justify-between gap-2 max-sm:w-full max-sm:border-t max-sm:border-line max-sm:pt-2 sm:ms-auto">
          <span className="text-caption text-faint">{t("voteQuestion")}</span>
          <EntryVotes galleryId={galleryId} entryId={id} name={name} score={score} />
        </div>
      </div>
      <div id={trialId} hidden={!isTried} className="border-t border-line pt-4">
        {isTried && (
          <SourceTrial
            source={() => ({ kind: "schema", definition: schema, galleryId })}
            autoFocus
          />
        )}
      </div>
    </>
  );
}
