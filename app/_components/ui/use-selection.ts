"use client";

import { useRef, useState } from "react";

/**
 * Which rows of a list are chosen. With the shift key a press chooses everything between the row
 * that was pressed last and this one, by mouse and by keyboard.
 */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  // What is gone is not chosen any more.
  const selected = new Set(ids.filter((id) => chosen.has(id)));

  return {
    selected,
    select(id: string, on: boolean, isRange: boolean) {
      const from = isRange && last.current !== null ? ids.indexOf(last.current) : -1;
      const to = ids.indexOf(id);
      const range = from === -1 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
      const next = new Set(selected);
      for (const one of range) {
        if (on) next.add(one);
        else next.delete(one);
      }
      last.current = id;
      setChosen(next);
    },
    selectAll(on: boolean) {
      last.current = null;
      setChosen(new Set(on ? ids : []));
    },
  };
}
