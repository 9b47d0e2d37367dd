import { Search } from "lucide-react";
import { addPathFor } from "@/lib/requests/add-path";
import { wordsFor } from "@/lib/requests/same-film";
import type { RequestView } from "@/lib/requests/schema";
import { pageLocale, words } from "@/lib/web/words";
import { LinkButton } from "../ui/link-button";
import { listText } from "../words/measures";
import { Moment } from "../words/moment";
import { ApproveButton, DeclineButton } from "./decide";
import { RequestFacts } from "./request-facts";

/** Something that somebody asks for, for an admin to say yes or no. */
export async function RequestRow({ request }: { request: RequestView }) {
  const [t, locale] = await Promise.all([words("requests"), pageLocale()]);
  const { id, title, state, movieId, release, askedBy, askedAt, decidedAt } = request;
  const isDecided = movieId !== null || state === "declined";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <RequestFacts request={request}>
        <span>{t("askedBy", { names: listText(askedBy, locale) })}</span>
        <Moment at={isDecided ? (decidedAt ?? askedAt) : askedAt} />
        {release && state === "asked" && (
          <span className="basis-full break-words">
            {t("adds")} <bdi>{release.name}</bdi> ({release.sourceName})
          </span>
        )}
      </RequestFacts>
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:*:grow">
        {movieId !== null && (
          <LinkButton href={`/movies/${movieId}`} aria-label={t("openLabel", { title })}>
            {t("open")}
          </LinkButton>
        )}
        {state === "asked" && <ApproveButton id={id} title={title} />}
        {state === "approved" && movieId === null && (
          <LinkButton
            tone="primary"
            href={addPathFor(wordsFor(request))}
            aria-label={t("findLabel", { title })}
          >
            <Search aria-hidden className="size-5" />
            {t("find")}
          </LinkButton>
        )}
        {state === "declined" && <ApproveButton id={id} title={title} isSecond />}
        {!isDecided && <DeclineButton id={id} title={title} />}
      </div>
    </li>
  );
}
