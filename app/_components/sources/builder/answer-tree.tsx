"use client";

import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import {
  type AnswerNode,
  firstState,
  type TreeKey,
  toggled,
  treeStep,
  visibleNodes,
  withMore,
} from "@/lib/sources/answer-tree";
import { plainRoute, type Route } from "@/lib/sources/leaf-path";
import { Badge } from "../../ui/badge";

interface AnswerTreeProps {
  answer: unknown;
  label: string;
  /** Names of the fields that are taken from values, by their plain path. */
  taken: ReadonlyMap<string, string[]>;
  onChoose: (route: Route) => void;
}

const keys: Record<string, TreeKey> = {
  ...{ ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last" },
  ...{ ArrowRight: "in", ArrowLeft: "out" },
};
const longestShown = 120;

function shortened(value: unknown): string {
  const text = typeof value === "string" ? value : String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** What a node is called beside its siblings; places in lists count from 1. */
function NodeLabel({ node }: { node: AnswerNode }) {
  const t = useTranslations("sources");
  const { kind, label, count } = node;
  if (kind === "more") return <span className="text-lamp">{t("builder.more", { count })}</span>;
  const name =
    label === null
      ? t("builder.root")
      : typeof label === "number"
        ? t("builder.element", { place: label + 1 })
        : label;
  return (
    <>
      <bdi className={typeof label === "string" ? "font-medium" : "text-faint"}>{name}</bdi>
      {kind === "list" && (
        <span className="text-caption text-faint">{t("builder.list", { count })}</span>
      )}
    </>
  );
}

/** A service's answer to look through; choosing a value takes the field that is being mapped from it. */
export function AnswerTree({ answer, label, taken, onChoose }: AnswerTreeProps) {
  const [state, setState] = useState(() => firstState(answer));
  const [focused, setFocused] = useState("[]");
  const tree = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  const nodes = useMemo(() => visibleNodes(answer, state), [answer, state]);
  const current = nodes.some(({ id }) => id === focused) ? focused : "[]";

  // biome-ignore lint/correctness/useExhaustiveDependencies: the line that a key chose takes the focus
  useEffect(() => {
    if (!follows.current) return;
    follows.current = false;
    tree.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
  }, [focused, nodes]);

  function activate(node: AnswerNode) {
    setFocused(node.id);
    if (node.kind === "more") {
      // The first of those that come takes the place of the line that showed them.
      follows.current = true;
      setFocused(JSON.stringify([...node.route, node.siblings - 1]));
      setState(withMore(state, node.route));
    } else if (node.kind === "value") onChoose(node.route);
    else setState(toggled(state, node.id));
  }

  function onKeyDown(event: KeyboardEvent, node: AnswerNode) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      activate(node);
      return;
    }
    const isMirrored = getComputedStyle(event.currentTarget).direction === "rtl";
    const key = keys[event.key];
    if (!key) return;
    // The page's own arrow keys stay out of it.
    event.preventDefault();
    const turned = isMirrored && (key === "in" || key === "out");
    const step = treeStep(nodes, node.id, turned ? (key === "in" ? "out" : "in") : key);
    if (step && "focus" in step) {
      follows.current = true;
      setFocused(step.focus);
    } else if (step) setState(toggled(state, step.toggle));
  }

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={label}
      className="max-h-[70dvh] overflow-auto rounded-xl border border-line bg-ink py-2"
    >
      {nodes.map((node) => {
        const { id, kind, level, place, siblings, isOpen, count, value, route } = node;
        const fields = kind === "value" ? taken.get(plainRoute(route)) : undefined;
        const isBranch = (kind === "object" || kind === "list") && count > 0;
        return (
          <div
            key={id}
            role="treeitem"
            aria-level={level}
            aria-posinset={place}
            aria-setsize={siblings}
            aria-expanded={isBranch ? isOpen : undefined}
            aria-selected={fields !== undefined}
            tabIndex={id === current ? 0 : -1}
            onClick={() => activate(node)}
            onKeyDown={(event) => onKeyDown(event, node)}
            onFocus={() => setFocused(id)}
            style={{ paddingInlineStart: `${Math.min(level - 1, 8) * 0.9 + 0.5}rem` }}
            className={`flex min-h-11 cursor-pointer flex-wrap items-center gap-x-2 pe-3 -outline-offset-2 transition-colors hover:bg-raised pointer-fine:min-h-8 ${fields ? "bg-raised" : ""}`}
          >
            <ChevronRight
              aria-hidden
              className={`size-4 shrink-0 text-faint transition-transform ${isBranch ? "" : "invisible"} ${isOpen ? "rotate-90" : "rtl:rotate-180"}`}
            />
            <NodeLabel node={node} />
            {kind === "value" && (
              <bdi className="min-w-0 text-caption break-all text-faint">{shortened(value)}</bdi>
            )}
            {fields?.map((field) => (
              <Badge key={field} tone="lamp">
                {field}
              </Badge>
            ))}
          </div>
        );
      })}
    </div>
  );
}
