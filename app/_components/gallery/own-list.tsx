import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { OwnEntryView } from "@/lib/galleries/schema";
import { words } from "@/lib/web/words";
import { Badge, type BadgeTone } from "../ui/badge";
import { LinkButton } from "../ui/link-button";

const tones: Record<OwnEntryView["state"], BadgeTone> = {
  published: "lamp",
  changed: "danger",
  unpublished: "faint",
};

/** Sources that can be published, with how they stand. */
export async function OwnList({ entries }: { entries: readonly OwnEntryView[] }) {
  const t = await words("gallery");
  return (
    <ul aria-label={t("own.sources")} className="divide-y divide-line">
      {entries.map(({ sourceId, name, state, score }) => {
        const isPublished = state !== "unpublished";
        return (
          <li key={sourceId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="grid min-w-0 grow gap-1">
              <p className="font-medium break-words">
                <bdi>{name}</bdi>
              </p>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-faint">
                <Badge tone={tones[state]}>{t(`own.state.${state}`)}</Badge>
                {isPublished && (
                  <span className="inline-flex items-center gap-1.5" data-numbers>
                    <ThumbsUp aria-hidden className="size-4" />
                    <span aria-hidden>{score.up}</span>
                    <ThumbsDown aria-hidden className="ms-2 size-4" />
                    <span aria-hidden>{score.down}</span>
                    <span className="sr-only">{t("scoreText", score)}</span>
                  </span>
                )}
              </p>
            </div>
            <LinkButton
              href={`/manage/sources/gallery/own/${sourceId}`}
              aria-label={
                isPublished ? t("own.changeLabel", { name }) : t("own.publishLabel", { name })
              }
            >
              {isPublished ? t("own.change") : t("own.publish")}
            </LinkButton>
          </li>
        );
      })}
    </ul>
  );
}
