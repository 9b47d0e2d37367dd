import type { ReactNode } from "react";
import type { RequestView } from "@/lib/requests/schema";
import { words } from "@/lib/web/words";
import { Badge, type BadgeTone } from "../ui/badge";

const tones: Record<string, BadgeTone> = {
  ...{ asked: "plain", approved: "lamp", onItsWay: "lamp" },
  ...{ ready: "lamp", declined: "faint" },
};

interface RequestFactsProps {
  request: RequestView;
  /** Who asks and when, in words. */
  children: ReactNode;
}

/** Which movie is asked for, and what came of it. */
export async function RequestFacts({ request, children }: RequestFactsProps) {
  const t = await words("requests");
  const { title, year, state, movieId, declinedBecause } = request;
  const shown = state === "approved" && movieId !== null ? "onItsWay" : state;
  return (
    <div className="grid min-w-0 grow basis-64 gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="line-clamp-2 font-semibold">
          <bdi>{title}</bdi>
          {year !== null && (
            <span data-numbers className="ms-2 font-normal text-faint">
              {year}
            </span>
          )}
        </span>
        <Badge tone={tones[shown]}>{t(`state.${shown}`)}</Badge>
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
