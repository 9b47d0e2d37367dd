"use client";

import { RefreshCw, Replace } from "lucide-react";
import { useTranslations } from "use-intl";
import { lookForReleaseAction, replaceReleaseAction } from "@/lib/downloads/actions";
import type { DownloadView } from "@/lib/downloads/schema";
import { ReleaseFacts } from "../add/release-facts";
import { CommandButton } from "../ui/command-button";
import { Spinner } from "../ui/spinner";

export interface ReplaceOfferProps {
  download: Pick<DownloadView, "replacement"> & { id: string; isBeingReplaced: boolean };
}

/** For a dead release: which other one could take its place, and the button that does it. */
export function ReplaceOffer({
  download: { id, replacement, isBeingReplaced },
}: ReplaceOfferProps) {
  const t = useTranslations("downloads");
  if (isBeingReplaced || !replacement) {
    return (
      <p role="status" className="flex items-center gap-2.5 text-caption text-faint">
        <Spinner className="size-4 shrink-0" />
        {t(isBeingReplaced ? "beingReplaced" : "lookingForRelease")}
      </p>
    );
  }
  const { release, detail } = replacement;
  return (
    <section
      aria-label={t("replaceTitle")}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-lg border border-line bg-ink p-3.5"
    >
      <div className="grid min-w-0 grow basis-64 gap-1.5">
        <p className="font-medium">{t(release ? "replaceWith" : "replaceNone")}</p>
        {release ? (
          <>
            <ReleaseFacts release={release} />
            {release.name && (
              <p className="truncate text-caption text-faint" title={release.name}>
                <bdi>{release.name}</bdi>
              </p>
            )}
          </>
        ) : (
          <p className="text-caption text-faint">{detail}</p>
        )}
      </div>
      {release ? (
        <CommandButton
          tone="primary"
          command={() => replaceReleaseAction({ id })}
          said={t("replacedSaid")}
          className="max-sm:w-full"
        >
          <Replace aria-hidden className="size-5" />
          {t("replace")}
        </CommandButton>
      ) : (
        <CommandButton
          command={() => lookForReleaseAction({ id })}
          said={t("lookingForRelease")}
          className="max-sm:w-full"
        >
          <RefreshCw aria-hidden className="size-5" />
          {t("lookAgain")}
        </CommandButton>
      )}
    </section>
  );
}
