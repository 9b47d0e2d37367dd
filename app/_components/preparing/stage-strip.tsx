import { Check, CircleAlert, Clock } from "lucide-react";
import type { MovieView } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { type StageView, stagesOf } from "../movies/timeline-stages";
import { Spinner } from "../ui/spinner";

const looks: Record<StageView["state"], string> = {
  done: "text-text",
  active: "font-semibold text-lamp",
  waiting: "text-text",
  failed: "font-semibold text-danger",
  ahead: "text-faint",
};

function StageIcon({ state }: { state: StageView["state"] }) {
  if (state === "done") return <Check aria-hidden className="size-4 text-lamp" />;
  if (state === "active") return <Spinner className="size-4" />;
  if (state === "waiting") return <Clock aria-hidden className="size-4" />;
  if (state === "failed") return <CircleAlert aria-hidden className="size-4" />;
  return <span aria-hidden className="size-2.5 rounded-full border border-edge" />;
}

/** From added to ready in one line: what is done, what goes on, what is still to come. */
export async function StageStrip({ entries }: { entries: MovieView["timeline"] }) {
  const t = await words("movie");
  return (
    <ol className="flex flex-wrap gap-x-4 gap-y-1 text-caption">
      {stagesOf(entries).map(({ stage, state }) => (
        <li key={stage} className={`flex items-center gap-1.5 ${looks[state]}`}>
          <StageIcon state={state} />
          {t(`stage.${stage}`)}
          <span className="sr-only">: {t(`stageState.${state}`)}</span>
        </li>
      ))}
    </ol>
  );
}
