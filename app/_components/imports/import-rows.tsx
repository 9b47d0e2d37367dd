"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { importFilesAction } from "@/lib/imports/actions";
import type { ImportInput, ScanRow } from "@/lib/imports/schema";
import { AllCheckbox } from "../ui/all-checkbox";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { Select } from "../ui/select";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { ImportRow } from "./import-row";

// It opens on a press.
const MatchDialog = dynamic(() => import("./match-dialog").then(({ MatchDialog: found }) => found));

type Mode = ImportInput["mode"];
const modes: readonly Mode[] = ["link", "copy", "move"];

interface ImportRowsProps {
  scanId: string;
  rows: readonly ScanRow[];
  /** Films of the whole scan that can be imported as they are. */
  readyCount: number;
}

const isOpen = ({ state }: ScanRow) => state === "open" || state === "refused";
/** What nobody has to look at is ticked from the start. */
const isReady = (row: ScanRow) =>
  row.state === "open" && (row.match.kind === "sure" || row.match.kind === "chosen");

/** Films of a scan: which of them are imported, as which film, and how. */
export function ImportRows({ scanId, rows, readyCount }: ImportRowsProps) {
  const t = useTranslations("folders");
  const common = useTranslations("common");
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [mode, setMode] = useState<Mode>("link");
  const [mendingId, setMendingId] = useState<string | null>(null);
  const [asking, setAsking] = useState<"chosen" | "all" | null>(null);
  const { pending, run } = useCommand();

  const isChosen = (row: ScanRow) => isOpen(row) && (ticked.get(row.id) ?? isReady(row));
  const open = rows.filter(isOpen);
  const chosen = open.filter(isChosen);
  const readyHere = rows.filter(isReady).length;
  const mending = rows.find(({ id }) => id === mendingId);
  const countOf = (which: "chosen" | "all") => (which === "all" ? readyCount : chosen.length);

  function tickAll(on: boolean) {
    setTicked(new Map(open.map(({ id }) => [id, on])));
  }

  function send(which: "chosen" | "all") {
    const files = chosen.map(({ id }) => ({ fileId: id }));
    const input = which === "all" ? { all: "ready" as const } : { files };
    const count = countOf(which);
    run(
      () => importFilesAction({ id: scanId, mode, ...input }),
      () => {
        setAsking(null);
        setTicked(new Map());
        showToast({ message: t("importing", { count }), detail: t("importingDetail") });
      },
    );
  }
  const start = (which: "chosen" | "all") => (mode === "move" ? setAsking(which) : send(which));

  return (
    <div className="grid grid-cols-1 gap-3">
      {open.length > 0 && (
        <AllCheckbox chosen={chosen.length} of={open.length} onChange={tickAll}>
          {t("chooseAll", { count: open.length })}
        </AllCheckbox>
      )}
      <ul className="grid grid-cols-1 gap-3">
        {rows.map((row) => (
          <ImportRow
            key={row.id}
            row={row}
            chosen={isChosen(row)}
            onChoose={(on) => setTicked(new Map([...ticked, [row.id, on]]))}
            onMend={() => setMendingId(row.id)}
          />
        ))}
      </ul>
      {open.length > 0 && (
        <div className="sticky bottom-[calc(var(--bottom-bar)+0.75rem)] z-10 flex flex-wrap items-end gap-3 rounded-xl border border-lamp/60 bg-raised p-3 shadow-xl shadow-ink">
          <div className="min-w-0 grow basis-52">
            <Select
              label={t("mode")}
              value={mode}
              onChange={(event) => setMode(event.target.value as Mode)}
              hint={t(`modeHint.${mode}`)}
            >
              {modes.map((name) => (
                <option key={name} value={name}>
                  {t(`modeName.${name}`)}
                </option>
              ))}
            </Select>
          </div>
          <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow">
            {readyCount > readyHere && (
              <Button onClick={() => start("all")} disabled={pending}>
                {t("importAll", { count: readyCount })}
              </Button>
            )}
            <Button
              tone="primary"
              onClick={() => start("chosen")}
              pending={pending}
              disabled={chosen.length === 0}
            >
              {t("import", { count: chosen.length })}
            </Button>
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(on) => !on && setAsking(null)}
        title={t("moveTitle", { count: countOf(asking ?? "chosen") })}
        description={t("moveDescription")}
        confirmLabel={t("moveConfirm")}
        cancelLabel={common("cancel")}
        pending={pending}
        onConfirm={() => asking && send(asking)}
      />
      {mending && (
        <MatchDialog
          key={mending.id}
          scanId={scanId}
          row={mending}
          onClose={() => setMendingId(null)}
          onMended={() => setTicked(new Map([...ticked, [mending.id, true]]))}
        />
      )}
    </div>
  );
}
