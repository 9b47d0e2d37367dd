import type { RequestView } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { LinkButton } from "../ui/link-button";
import { Moment } from "../words/moment";
import { RequestFacts } from "./request-facts";
import { TakeBack } from "./take-back";

/** Something that the person asked for. */
export async function OwnRequest({ request }: { request: RequestView }) {
  const t = await words("requests");
  const { id, title, state, movieId, askedAt, decidedAt } = request;
  const isOpen = movieId === null && state !== "declined";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <RequestFacts request={request}>
        <span>
          {isOpen ? t("askedWhen") : t("decidedWhen")}{" "}
          <Moment at={isOpen ? askedAt : (decidedAt ?? askedAt)} />
        </span>
      </RequestFacts>
      <div className="ms-auto flex items-center gap-1">
        {movieId && (
          <LinkButton href={`/movies/${movieId}`} aria-label={t("openLabel", { title })}>
            {t("open")}
          </LinkButton>
        )}
        <TakeBack id={id} title={title} isOpen={isOpen} />
      </div>
    </li>
  );
}
