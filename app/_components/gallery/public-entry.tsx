import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { PublicEntry } from "@/lib/galleries/schema";
import { words } from "@/lib/web/words";
import { buttonClass } from "../ui/button-look";
import { CopyButton } from "../ui/copy-button";
import { Disclosure } from "../ui/disclosure";
import { EntryFacts } from "./entry-facts";

interface PublicEntryProps {
  entry: PublicEntry;
  host: string;
  /** How the visitor's own vote went, said where it was given. */
  outcome: string | null;
}

/** A published source as anybody sees it. Votes are plain forms, which work without scripts. */
export async function PublicEntryCard({ entry, host, outcome }: PublicEntryProps) {
  const t = await words("gallery");
  const { id, name, description, author, legalNote, schema, score } = entry;
  const json = JSON.stringify(schema, null, 2);
  return (
    <li
      id={id}
      className="grid grid-cols-1 gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <h2 className="text-heading break-words">
        <bdi>{name}</bdi>
      </h2>
      <EntryFacts description={description} author={author} legalNote={legalNote} host={host} />
      <form
        method="post"
        action={`/gallery/${id}/vote`}
        encType="multipart/form-data"
        className="flex flex-wrap items-center gap-2 border-t border-line pt-3"
      >
        <span className="me-auto text-faint">{t("voteQuestion")}</span>
        <button
          type="submit"
          name="up"
          value="true"
          className={buttonClass()}
          aria-label={t("voteUp", { name, count: score.up })}
        >
          <ThumbsUp aria-hidden className="size-5" />
          <span data-numbers>{score.up}</span>
        </button>
        <button
          type="submit"
          name="up"
          value="false"
          className={buttonClass()}
          aria-label={t("voteDown", { name, count: score.down })}
        >
          <ThumbsDown aria-hidden className="size-5" />
          <span data-numbers>{score.down}</span>
        </button>
        {outcome && (
          <p role="status" className="w-full text-caption text-lamp">
            {outcome}
          </p>
        )}
      </form>
      <Disclosure title={t("public.json")}>
        <div className="grid grid-cols-1 gap-3">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
            tabIndex={0}
            dir="ltr"
            className="max-h-80 overflow-auto rounded-lg bg-ink p-3 text-caption select-all"
          >
            {json}
          </pre>
          <div>
            <CopyButton text={json} label={t("public.copyLabel", { name })} />
          </div>
        </div>
      </Disclosure>
    </li>
  );
}
