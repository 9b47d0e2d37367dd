import type { CheckArea as Area, CheckView } from "@/lib/checks/schema";
import { words } from "@/lib/web/words";
import { Moment } from "../words/moment";
import { CheckAgain } from "./check-buttons";
import { CheckRow } from "./check-row";

interface CheckAreaProps {
  area: Area;
  items: CheckView[];
  /** Whether there is something to look at anew: what is always known has no button. */
  mayRun: boolean;
}

/** Everything about one subject, worst first, with when it was looked at. */
export async function CheckArea({ area, items, mayRun }: CheckAreaProps) {
  const t = await words("checks");
  const checkedAt = items.map((item) => item.checkedAt).toSorted()[0];
  const id = `checks-${area}`;
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-2">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3">
        <h2 id={id} className="text-heading">
          {t(`area.${area}`)}
        </h2>
        <p className="ms-auto text-caption text-faint">
          {checkedAt ? (
            <>
              {t("lastChecked")} <Moment at={checkedAt} />
            </>
          ) : (
            t("notChecked")
          )}
        </p>
        {mayRun && <CheckAgain area={area} />}
      </div>
      {items.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {items.map((check) => (
            <CheckRow key={`${check.name} ${check.sourceId ?? ""}`} check={check} />
          ))}
        </ul>
      )}
    </section>
  );
}
