import type { TickView } from "@/lib/queue/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { durationText } from "../words/measures";
import { Moment } from "../words/moment";
import { RunTick } from "./run-tick";

/** Something that happens by the clock: what it is for, how it went last, and when it comes next. */
export async function TickRow({ tick }: { tick: TickView }) {
  const [t, locale] = await Promise.all([words("schedule"), pageLocale()]);
  const { name, isRunning, last, nextAt } = tick;
  const label = t(`tick.${name}.name`);
  return (
    <li className="grid grid-cols-1 gap-3 rounded-xl border border-line bg-surface p-4 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid gap-1">
        <h2 className="font-semibold">{label}</h2>
        <p className="text-pretty text-faint">{t(`tick.${name}.what`)}</p>
        <p
          data-numbers
          className="flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-faint"
        >
          {isRunning ? (
            <Badge tone="lamp">{t("running")}</Badge>
          ) : (
            last?.outcome === "failed" && <Badge tone="danger">{t("failed")}</Badge>
          )}
          {last ? (
            <span>
              {t("last")} <Moment at={last.startedAt} />
              {last.durationSeconds >= 1 &&
                ` · ${t("took", { time: durationText(last.durationSeconds, locale) })}`}
            </span>
          ) : (
            <span>{t("never")}</span>
          )}
          {nextAt && (
            <span>
              {t("next")} <Moment at={nextAt} />
            </span>
          )}
        </p>
        {last?.detail && (
          <p dir="ltr" lang="en" className="text-caption wrap-anywhere text-danger">
            {last.detail}
          </p>
        )}
      </div>
      <div className="sm:self-center">
        <RunTick name={name} label={label} isRunning={isRunning} />
      </div>
    </li>
  );
}
