"use client";

import { type ReactNode, useEffect, useOptimistic, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSourceAction } from "@/lib/sources/actions";
import type { SourceView } from "@/lib/sources/schema";
import { useCommand } from "../ui/use-command";
import { SourceRow } from "./source-row";

interface SourceListProps {
  sources: SourceView[];
  /** When those that rest are asked again, by id. */
  until: Record<string, ReactNode>;
}

/** All sources in the order in which they are asked and shown. Every change is saved at once. */
export function SourceList({ sources, until }: SourceListProps) {
  const t = useTranslations("sources");
  const { run } = useCommand();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(sources);
  const [said, say] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const dragged = useRef<string | null>(null);
  const moved = useRef<{ id: string; by: -1 | 1 } | null>(null);

  // A row that changes its place takes the focus along, on the same button while that still moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about rows that changed places
  useEffect(() => {
    if (!moved.current) return;
    const { id, by } = moved.current;
    const row = list.current?.querySelector(`[data-source="${id}"]`);
    const same = row?.querySelector<HTMLButtonElement>(`[data-move="${by}"]`);
    const other = row?.querySelector<HTMLButtonElement>(`[data-move="${-by}"]`);
    (same?.disabled ? other : same)?.focus();
  }, [shown]);

  function place(id: string, position: number) {
    const from = shown.findIndex((one) => one.id === id);
    const source = shown[from];
    if (!source || from === position || position < 0 || position >= shown.length) return;
    startTransition(() => {
      show(shown.toSpliced(from, 1).toSpliced(position, 0, source));
      say(t("moved", { name: source.name, place: position + 1, count: shown.length }));
      run(
        () => changeSourceAction({ id, change: { position } }),
        () => {
          moved.current = null;
        },
      );
    });
  }

  function enable(source: SourceView, enabled: boolean) {
    startTransition(() => {
      show(shown.map((one) => (one.id === source.id ? { ...one, enabled } : one)));
      run(() => changeSourceAction({ id: source.id, change: { enabled } }));
    });
  }

  return (
    <>
      <ul ref={list} aria-label={t("title")} className="grid grid-cols-1 gap-3">
        {shown.map((source, at) => (
          <SourceRow
            key={source.id}
            source={source}
            until={until[source.id]}
            isFirst={at === 0}
            isLast={at === shown.length - 1}
            onMove={(by) => {
              moved.current = { id: source.id, by };
              place(source.id, at + by);
            }}
            onEnable={(enabled) => enable(source, enabled)}
            onDragStart={() => {
              dragged.current = source.id;
            }}
            onDrop={() => {
              if (dragged.current) place(dragged.current, at);
              dragged.current = null;
            }}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
