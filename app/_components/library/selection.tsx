"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { AllCheckbox } from "../ui/all-checkbox";
import { RowCheckbox } from "../ui/row-checkbox";

interface Selection {
  chosen: ReadonlySet<string>;
  /** Adds some or takes them away. */
  choose: (ids: readonly string[], isChosen: boolean) => void;
  none: () => void;
}

const SelectionContext = createContext<Selection | null>(null);

/** Keeps what is chosen of a table while its pages are turned; another list begins with nothing. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo(
    (): Selection => ({
      chosen,
      choose: (ids, isChosen) =>
        setChosen((before) => {
          const next = new Set(before);
          for (const id of ids) {
            if (isChosen) next.add(id);
            else next.delete(id);
          }
          return next;
        }),
      none: () => setChosen(new Set()),
    }),
    [chosen],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

/** What is chosen. @throws Error outside of a SelectionProvider. */
export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("a selection needs its provider");
  return selection;
}

const boxClass = "grid size-11 shrink-0 cursor-pointer place-items-center";

/** Chooses one movie. */
export function MovieCheckbox({ id, title }: { id: string; title: string }) {
  const t = useTranslations("library");
  const { chosen, choose } = useSelection();
  return (
    <RowCheckbox
      label={t("choose", { title })}
      checked={chosen.has(id)}
      onChange={(on) => choose([id], on)}
    />
  );
}

/** Chooses all rows of the page, or takes them back. */
export function PageCheckbox({ ids, label }: { ids: readonly string[]; label?: string }) {
  const t = useTranslations("library");
  const { chosen, choose } = useSelection();
  const count = ids.filter((id) => chosen.has(id)).length;
  return (
    <AllCheckbox
      chosen={count}
      of={ids.length}
      onChange={(on) => choose(ids, on)}
      hiddenLabel={label ? undefined : t("choosePage")}
      className={label ? "" : boxClass}
    >
      {label}
    </AllCheckbox>
  );
}
