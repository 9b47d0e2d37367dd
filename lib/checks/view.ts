import type { Reason } from "@/lib/errors";
import type { DatedCheck } from "./data";
import { type CheckArea, type ChecksView, type CheckView, checkAreas } from "./schema";

/** Says a sentence by its full key. */
type Say = (key: string, values?: Record<string, string | number>) => string;

interface Words {
  t: Say;
  sayReason: (reason: Reason) => string;
}

const order = { broken: 0, look: 1, fine: 2 } as const;

function toCheckView(check: DatedCheck, { t, sayReason }: Words): CheckView {
  const { told, values, detail, subject } = check;
  const isFine = check.state === "fine";
  const say = (kind: string) => t(`checks.${kind}.${told}`, values);
  return {
    area: check.area,
    name: check.name,
    title: subject?.name ?? t(`checks.name.${check.name}`),
    state: check.state,
    seen: say("seen"),
    means: isFine ? null : say("means"),
    // A service's own fault says what to do about it.
    todo: isFine ? null : detail ? sayReason(detail) : say("todo"),
    command: check.command ?? null,
    href: check.href ?? null,
    mend: check.mend ?? null,
    sourceId: subject?.id ?? null,
    checkedAt: check.at.toISOString(),
  };
}

/** Findings in words: what is broken first, then what should be looked at; else in their order. */
export function toChecksView(
  { checks, unknown }: { checks: DatedCheck[]; unknown: CheckArea[] },
  words: Words,
): ChecksView {
  const summary = { broken: 0, look: 0, fine: 0 };
  for (const { state } of checks) summary[state] += 1;
  const items = checks
    .map((check) => toCheckView(check, words))
    .toSorted(
      (a, b) =>
        order[a.state] - order[b.state] || checkAreas.indexOf(a.area) - checkAreas.indexOf(b.area),
    );
  return { summary, unknown, items };
}

/** Addresses as their hosts alone: what stands behind one may be a key. */
function withHosts(text: string): string {
  return text.replace(/\bhttps?:\/\/(?:[^\s/@]*@)?([^\s/?#]+)[^\s]*/g, "$1");
}

/** Everything as text, for whoever is asked for advice. */
export function reportOf(
  { summary, items }: ChecksView,
  { t, version }: { t: Say; version: string },
): string {
  const lines = items.flatMap(({ area, title, state, seen, todo }) => {
    const head = `[${t(`checks.state.${state}`)}] ${t(`checks.area.${area}`)} · ${title}: ${seen}`;
    return todo ? [head, `    ${todo}`] : [head];
  });
  return withHosts([`Vigilio ${version}`, t("checks.summary", summary), "", ...lines].join("\n"));
}
