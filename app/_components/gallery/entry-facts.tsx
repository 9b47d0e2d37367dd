import { Scale } from "lucide-react";
import { words } from "@/lib/web/words";

interface EntryFactsProps {
  description: string | null;
  author: string | null;
  legalNote: string | null;
  /** Whom a search asks. */
  host: string;
}

/** What a gallery tells of a source, in the words of whoever published it. */
export async function EntryFacts({ description, author, legalNote, host }: EntryFactsProps) {
  const t = await words("gallery");
  return (
    <>
      <p className="flex flex-wrap gap-x-4 text-caption text-faint">
        {author && <bdi className="min-w-0 break-words">{t("by", { author })}</bdi>}
        <bdi className="min-w-0 break-all">{t("asks", { host })}</bdi>
      </p>
      {description && (
        <p dir="auto" className="whitespace-pre-line break-words">
          {description}
        </p>
      )}
      {legalNote && (
        <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-caption text-faint">
          <Scale aria-hidden className="mt-0.5 size-4 shrink-0 text-lamp" />
          <p dir="auto" className="whitespace-pre-line break-words">
            <span className="font-medium text-text">{t("legal")}</span> {legalNote}
          </p>
        </div>
      )}
    </>
  );
}
