"use client";

import { Ban, RotateCw } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";
import { cancelJobsAction, retryJobsAction } from "@/lib/queue/actions";
import { AllCheckbox } from "../ui/all-checkbox";
import { Button } from "../ui/button";
import { RowCheckbox } from "../ui/row-checkbox";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { useSelection } from "../ui/use-selection";

interface Selection {
  ids: ReadonlySet<string>;
  /** `isRange`: and everything from the one that was pressed before. */
  select: (id: string, on: boolean, isRange: boolean) => void;
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
  const { selected: ids, select, selectAll } = useSelection(jobIds);
  const selected = [...ids];

  function send(action: typeof retryJobsAction, said: "retriedSeveral" | "endedSeveral") {
    command.run(
      () => action({ jobIds: selected }),
      ({ done, refused }) => {
        selectAll(false);
        showToast({
          message: t(said, { count: done }),
          ...(refused > 0 && { detail: t("leftSeveral", { count: refused }) }),
        });
      },
    );
  }

  return (
    <SelectionContext value={{ ids, select }}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2">
        <div className="ps-4">
          <AllCheckbox chosen={selected.length} of={jobIds.length} onChange={selectAll}>
            {selected.length > 0 ? t("selected", { count: selected.length }) : t("selectAll")}
          </AllCheckbox>
        </div>
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
    <RowCheckbox
      label={t("select", { name })}
      checked={ids.has(jobId)}
      onChange={(on, isRange) => select(jobId, on, isRange)}
      className="-m-2"
    />
  );
}
