import { Check, CircleAlert, Clock } from "lucide-react";
import type { MovieView } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { Spinner } from "../ui/spinner";
import { Moment } from "../words/moment";
import { type StageView, stagesOf } from "./timeline-stages";

const looks: Record<StageView["state"], { dot: string; text: string }> = {
  done: { dot: "bg-raised text-lamp", text: "text-text" },
  active: { dot: "bg-lamp text-lamp-ink", text: "text-text font-semibold" },
  waiting: { dot: "bg-raised text-faint", text: "text-text" },
  failed: { dot: "bg-danger text-danger-ink", text: "text-danger font-semibold" },
  ahead: { dot: "border border-line", text: "text-faint" },
};

function StageIcon({ state }: { state: StageView["state"] }) {
  if (state === "done") return <Check aria-hidden className="size-4" strokeWidth={2.5} />;
  if (state === "active") return <Spinner className="size-4" />;
  if (state === "waiting") return <Clock aria-hidden className="size-4" />;
  if (state === "failed") return <CircleAlert aria-hidden className="size-4" />;
  return null;
}

/** From added to ready: where a movie stands, since when, and why it does not go on. */
export async function Timeline({ entries }: { entries: MovieView["timeline"] }) {
  const t = await words("movie");
  return (
    <ol className="grid gap-0">
      {stagesOf(entries).map(({ stage, state, at, detail }) => (
        <li key={stage} className="group/stage relative flex gap-3.5 pb-4 last:pb-0">
          <span
            aria-hidden
            className="absolute start-3.5 top-7 bottom-0 w-px bg-line group-last/stage:hidden"
          />
          <span
            className={`z-10 grid size-7 shrink-0 place-items-center rounded-full ${looks[state].dot}`}
          >
            <StageIcon state={state} />
          </span>
          <div className="min-w-0 pt-0.5">
            <p className={looks[state].text}>
              {t(`stage.${stage}`)}
              <span className="sr-only">: {t(`stageState.${state}`)}</span>
              {at && <Moment at={at} className="ms-2.5 text-caption font-normal text-faint" />}
            </p>
            {detail && <p className="text-caption text-faint">{detail}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
