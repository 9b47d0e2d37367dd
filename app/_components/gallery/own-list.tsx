import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { OwnEntryView } from "@/lib/galleries/schema";
import { words } from "@/lib/web/words";
import { LinkButton } from "../ui/link-button";

const tones: Record<OwnEntryView["state"], string> = {
  published: "text-text",
  changed: "text-lamp",
  unpublished: "text-faint",
};

/** Sources that can be published, with how they stand. */
export async function OwnList({ entries }: { entries: readonly OwnEntryView[] }) {
  const t = await words("gallery");
  return (
    <ul aria-label={t("own.sources")} className="-my-3 divide-y divide-line">
      {entries.map(({ sourceId, name, host, state, score }) => {
        const isPublished = state !== "unpublished";
        return (
          <li key={sourceId} className="flex items-center gap-4 py-3">
            <div className="grid min-w-0 grow gap-1">
              <p className="font-medium break-words">
                <bdi>{name}</bdi>
              </p>
              <p className="text-caption break-all text-faint">{t("asks", { host })}</p>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-faint">
                <span className={tones[state]}>{t(`own.state.${state}`)}</span>
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
              aria-label={t(`own.doLabel.${state}`, { name })}
            >
              {t(`own.do.${state}`)}
            </LinkButton>
          </li>
        );
      })}
    </ul>
  );
}
