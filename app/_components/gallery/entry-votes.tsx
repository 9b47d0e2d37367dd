"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { voteForEntryAction } from "@/lib/galleries/actions";
import type { GalleryScore } from "@/lib/galleries/schema";
import { CommandButton } from "../ui/command-button";

interface EntryVotesProps {
  galleryId: string;
  entryId: string;
  name: string;
  score: GalleryScore;
}

/** Votes of all who voted where it is published, and this server's own. */
export function EntryVotes({ galleryId, entryId, name, score }: EntryVotesProps) {
  const t = useTranslations("gallery");
  const vote = (up: boolean) => () => voteForEntryAction({ galleryId, entryId, up });
  const said = (up: boolean) => (counted: GalleryScore | null) => {
    if (!counted) return t("votedBefore", { name });
    return up ? t("voted", { name }) : t("votedAgainst", { name });
  };
  return (
    <div className="flex gap-1">
      <CommandButton
        tone="quiet"
        command={vote(true)}
        said={said(true)}
        label={t("voteUp", { name, count: score.up })}
      >
        <ThumbsUp aria-hidden className="size-5" />
        <span data-numbers>{score.up}</span>
      </CommandButton>
      <CommandButton
        tone="quiet"
        command={vote(false)}
        said={said(false)}
        label={t("voteDown", { name, count: score.down })}
      >
        <ThumbsDown aria-hidden className="size-5" />
        <span data-numbers>{score.down}</span>
      </CommandButton>
    </div>
  );
}
