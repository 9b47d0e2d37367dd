"use client";

import { Ban, RotateCw } from "lucide-react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { useTranslations } from "use-intl";
import { cancelJobsAction, retryJobsAction } from "@/lib/queue/actions";
import { Button } from "../ui/button";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface Selection {
  ids: ReadonlySet<string>;
  select: (id: string, on: boolean) => void;
}

const SelectionContext = createContext<Selection>({ ids: new Set(), select: () => {} });

interface JobSelectionProps {
  /** Ids of the rows that are on the page. */
  jobIds: readonly string[];
  /** The rows, with a JobCheckbox in each. */
  children: ReactNode;
}

/** Rows of jobs of which several can be tried again or ended at once. */
export function JobSelection({ jobIds, children }: JobSelectionProps) {
  const t = useTranslations("jobActions");
  const command = useCommand();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // What is gone, or on another page by now, is not selected any more.
  const selected = jobIds.filter((id) => chosen.has(id));

  function select(id: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  function send(action: typeof retryJobsAction, said: "retriedSeveral" | "endedSeveral") {
    command.run(
      () => action({ jobIds: selected }),
      ({ done, refused }) => {
        setChosen(new Set());
        showToast({
          message: t(said, { count: done }),
          ...(refused > 0 && { detail: t("leftSeveral", { count: refused }) }),
        });
      },
    );
  }

  return (
    <SelectionContext value={{ ids: new Set(selected), select }}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2">
        <label className="flex min-h-11 items-center gap-3 ps-4 pe-2">
          <input
            type="checkbox"
            checked={selected.length > 0 && selected.length === jobIds.length}
            ref={(box) => {
              if (box) box.indeterminate = selected.length > 0 && selected.length < jobIds.length;
            }}
            onChange={(event) => setChosen(new Set(event.target.checked ? jobIds : []))}
            className="size-5"
          />
          {selected.length > 0 ? t("selected", { count: selected.length }) : t("selectAll")}
        </label>
        {selected.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <Button
              pending={command.pending}
              onClick={() => send(retryJobsAction, "retriedSeveral")}
            >
              <RotateCw aria-hidden className="size-5" />
              {t("retryShort")}
            </Button>
            <Button
              pending={command.pending}
              onClick={() => send(cancelJobsAction, "endedSeveral")}
            >
              <Ban aria-hidden className="size-5" />
              {t("endSeveral")}
            </Button>
          </div>
        )}
      </div>
      {children}
    </SelectionContext>
  );
}

/** Chooses one job of the rows around it. */
export function JobCheckbox({ jobId, name }: { jobId: string; name: string }) {
  const t = useTranslations("jobActions");
  const { ids, select } = useContext(SelectionContext);
  return (
    <label className="-m-2 grid size-11 shrink-0 place-items-center">
      <input
        type="checkbox"
        checked={ids.has(jobId)}
        onChange={(event) => select(jobId, event.target.checked)}
        aria-label={t("select", { name })}
        className="size-5"
      />
    </label>
  );
}
