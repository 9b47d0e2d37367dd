"use client";

import {
  ArrowDown,
  ArrowUp,
  FlaskConical,
  GripVertical,
  Pencil,
  RotateCw,
  Trash2,
} from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { deleteSourceAction, wakeSourceAction } from "@/lib/sources/actions";
import type { SourceView } from "@/lib/sources/schema";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { LinkButton } from "../ui/link-button";
import { Switch } from "../ui/switch";
import { SourceHealth } from "./source-health";
import { SourceTrial, type Tried } from "./source-trial";

interface SourceRowProps {
  source: SourceView;
  /** When it is asked again, while it rests. */
  until: ReactNode;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onEnable: (enabled: boolean) => void;
  onDragStart: () => void;
  onDrop: () => void;
}

/** What a test of a stored source asks; its key stays on the server. */
export function triedOf({ id, kind, definition, galleryId }: SourceView): Tried {
  if (kind === "schema") return { kind, definition, galleryId: galleryId ?? undefined };
  // The view of an indexer is its definition without the key.
  return { kind, definition: definition as { url: string; categories: number[] }, sourceId: id };
}

/** A source in the list: whether it is asked, how it does, and what can be done with it. */
export function SourceRow(props: SourceRowProps) {
  const { source, until, isFirst, isLast, onMove, onEnable, onDragStart, onDrop } = props;
  const t = useTranslations("sources");
  const [isTried, setTried] = useState(false);
  const [isOver, setOver] = useState(false);
  const trialId = useId();
  const { id, name, kind, enabled, health } = source;

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onDrop();
  }

  return (
    // Dragging is one more way: the arrow buttons are the control.
    <li
      data-source={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`rounded-xl border bg-surface p-4 transition-colors ${isOver ? "border-lamp" : "border-line"}`}
    >
      <div className="flex items-start gap-2">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
        <span
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            const row = event.currentTarget.closest("li");
            if (row) event.dataTransfer.setDragImage(row, 20, 20);
            onDragStart();
          }}
          className="-ms-2 grid h-11 w-7 shrink-0 cursor-grab place-items-center text-faint pointer-coarse:hidden"
        >
          <GripVertical aria-hidden className="size-5" />
        </span>
        <div className="min-w-0 grow">
          <Switch
            checked={enabled}
            onCheckedChange={onEnable}
            label={
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <bdi>{name}</bdi>
                <Badge tone="faint">{t(`kind.${kind}`)}</Badge>
              </span>
            }
            hint={enabled ? <SourceHealth health={health} until={until} /> : t("health.off")}
          />
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-center sm:gap-1">
        <Button
          square
          tone="quiet"
          data-move="-1"
          disabled={isFirst}
          aria-label={t("moveUp", { name })}
          onClick={() => onMove(-1)}
        >
          <ArrowUp aria-hidden className="size-5" />
        </Button>
        <Button
          square
          tone="quiet"
          data-move="1"
          disabled={isLast}
          aria-label={t("moveDown", { name })}
          onClick={() => onMove(1)}
        >
          <ArrowDown aria-hidden className="size-5" />
        </Button>
        <Button
          tone="quiet"
          aria-expanded={isTried}
          aria-controls={trialId}
          aria-label={t("tryLabel", { name })}
          onClick={() => setTried(!isTried)}
        >
          <FlaskConical aria-hidden className="size-4 max-sm:hidden" />
          {t("try")}
        </Button>
        <LinkButton
          tone="quiet"
          href={`/manage/sources/${id}`}
          aria-label={t("editLabel", { name })}
        >
          <Pencil aria-hidden className="size-4 max-sm:hidden" />
          {t("edit")}
        </LinkButton>
        {enabled && health.state === "paused" && (
          <CommandButton command={() => wakeSourceAction({ id })} said={t("woken", { name })}>
            <RotateCw aria-hidden className="size-4" />
            {t("wake")}
          </CommandButton>
        )}
        <CommandButton
          square
          tone="quiet"
          className="ms-auto"
          label={t("removeLabel", { name })}
          command={() => deleteSourceAction({ id })}
          said={t("removed", { name })}
          ask={{
            title: t("removeTitle", { name }),
            description: t("removeDescription"),
            confirm: t("remove"),
          }}
        >
          <Trash2 aria-hidden className="size-5" />
        </CommandButton>
      </div>
      <div id={trialId} hidden={!isTried} className="mt-3 border-t border-line pt-4">
        {isTried && <SourceTrial source={() => triedOf(source)} autoFocus />}
      </div>
    </li>
  );
}
