import type { ReactNode } from "react";
import type { RequestView } from "@/lib/requests/schema";
import { pageLocale, words } from "@/lib/web/words";
import { PreparingLabel } from "../movies/preparing-label";
import { Badge, type BadgeTone } from "../ui/badge";

const tones: Record<string, BadgeTone> = {
  ...{ asked: "plain", approved: "lamp", stuck: "danger", ready: "lamp", declined: "faint" },
};

/** What came of it, in words; of what is on its way how far it is, which follows by itself. */
async function StateOfRequest({ request }: { request: RequestView }) {
  const [t, locale] = await Promise.all([words("requests"), pageLocale()]);
  const { state, movieId, movieStatus, preparing } = request;
  if (state !== "approved" || movieId === null) {
    return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
  }
  if (movieStatus === "failed" || movieStatus === "deciding") {
    return <Badge tone={tones.stuck}>{t("state.stuck")}</Badge>;
  }
  return (
    <span className="relative inline-flex items-center gap-1.5 overflow-hidden rounded border border-lamp/50 bg-ink px-1.5 py-px text-caption leading-5 font-medium whitespace-nowrap text-lamp">
      <PreparingLabel
        movieId={movieId}
        locale={locale}
        label={t("state.onItsWay")}
        progress={preparing?.progress ?? null}
      />
    </span>
  );
}

interface RequestFactsProps {
  request: RequestView;
  /** Who asks and when, in words. */
  children: ReactNode;
}

/** Which movie is asked for, and what came of it. */
export function RequestFacts({ request, children }: RequestFactsProps) {
  const { title, year, declinedBecause } = request;
  return (
    <div className="grid min-w-0 grow basis-48 gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="line-clamp-2 font-semibold">
          <bdi>{title}</bdi>
          {year !== null && (
            <span data-numbers className="ms-2 font-normal text-faint">
              {year}
            </span>
          )}
        </span>
        <StateOfRequest request={request} />
      </p>
      {declinedBecause && (
        <p dir="auto" className="text-pretty break-words">
          {declinedBecause}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-caption text-faint">{children}</p>
    </div>
  );
}
