import type { Route } from "./leaf-path";

/** A line of the tree that an answer is shown as. */
export interface AnswerNode {
  id: string;
  route: Route;
  kind: "object" | "list" | "value" | "more";
  /** Its name in an object, its place in a list; null for the answer itself. */
  label: string | number | null;
  /** From 1. */
  level: number;
  /** Among its siblings, from 1. */
  place: number;
  siblings: number;
  isOpen: boolean;
  /** Entries inside; of `more` those that are not shown. */
  count: number;
  /** Of a value, as it is. */
  value: unknown;
}

/** How much of each list is shown, by its id, and what is open. */
export interface TreeState {
  open: ReadonlySet<string>;
  shown: ReadonlyMap<string, number>;
}

const firstShown = 3;
const moreShown = 20;
const mostNames = 200;

const idOf = (route: Route) => JSON.stringify(route);

function kindOf(value: unknown): "object" | "list" | "value" {
  if (Array.isArray(value)) return "list";
  return typeof value === "object" && value !== null ? "object" : "value";
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((one, at) => [at, one]);
  return Object.entries(value as object).slice(0, mostNames);
}

/** The tree as a person meets it: open down to the first element of every list. */
export function firstState(answer: unknown): TreeState {
  const open = new Set<string>();
  const walk = (value: unknown, route: Route): void => {
    if (kindOf(value) === "value" || route.length > 10 || open.size > 60) return;
    open.add(idOf(route));
    if (Array.isArray(value)) {
      if (value.length > 0) walk(value[0], [...route, 0]);
      return;
    }
    for (const [name, one] of entriesOf(value)) walk(one, [...route, name]);
  };
  walk(answer, []);
  return { open, shown: new Map() };
}

/** All lines that are to be seen, from the top. */
export function visibleNodes(answer: unknown, { open, shown }: TreeState): AnswerNode[] {
  const nodes: AnswerNode[] = [];
  const add = (
    value: unknown,
    route: Route,
    { place, siblings }: { place: number; siblings: number },
  ): void => {
    const id = idOf(route);
    const kind = kindOf(value);
    const entries = kind === "value" ? [] : entriesOf(value);
    const isOpen = open.has(id) && entries.length > 0;
    const label = route.at(-1) ?? null;
    const level = route.length + 1;
    const count = entries.length;
    nodes.push({ id, route, kind, label, level, place, siblings, isOpen, count, value });
    if (!isOpen) return;
    const most = kind === "list" ? (shown.get(id) ?? firstShown) : mostNames;
    const hidden = Math.max(0, count - most);
    const inside = count - hidden + (hidden > 0 ? 1 : 0);
    for (const [at, [name, one]] of entries.slice(0, most).entries()) {
      add(one, [...route, name], { place: at + 1, siblings: inside });
    }
    if (hidden > 0) {
      nodes.push({
        ...{ id: `${id}+`, route, kind: "more", label: null, level: level + 1 },
        ...{ place: inside, siblings: inside, isOpen: false, count: hidden, value: null },
      });
    }
  };
  add(answer, [], { place: 1, siblings: 1 });
  return nodes;
}

/** Opens what is closed and closes what is open. */
export function toggled(state: TreeState, id: string): TreeState {
  const open = new Set(state.open);
  if (!open.delete(id)) open.add(id);
  return { ...state, open };
}

/** Shows more of a list. */
export function withMore(state: TreeState, route: Route): TreeState {
  const id = idOf(route);
  return {
    ...state,
    shown: new Map(state.shown).set(id, (state.shown.get(id) ?? firstShown) + moreShown),
  };
}

export type TreeKey = "up" | "down" | "in" | "out" | "first" | "last";

/** What a key does in a tree: another line gets the focus, or this one opens or closes. */
export function treeStep(
  nodes: readonly AnswerNode[],
  id: string,
  key: TreeKey,
): { focus: string } | { toggle: string } | null {
  const at = nodes.findIndex((node) => node.id === id);
  const node = nodes[at];
  if (!node) return null;
  const focus = (other: AnswerNode | undefined) => (other ? { focus: other.id } : null);
  switch (key) {
    case "up":
      return focus(nodes[at - 1]);
    case "down":
      return focus(nodes[at + 1]);
    case "first":
      return focus(nodes[0]);
    case "last":
      return focus(nodes.at(-1));
    case "in":
      if (node.kind === "value" || node.kind === "more" || node.count === 0) return null;
      return node.isOpen ? focus(nodes[at + 1]) : { toggle: id };
    case "out":
      if (node.isOpen) return { toggle: id };
      return focus(nodes.slice(0, at).findLast(({ level }) => level < node.level));
  }
}
