"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { FindField } from "../ui/find-field";

interface Row {
  id: string;
  /** What is searched, in small letters. */
  text: string;
  row: ReactNode;
}

interface Group {
  id: string;
  title: string;
  action: ReactNode;
  rows: Row[];
}

/** Rows by group, and a field that leaves those that have all its words. */
export function FilteredGroups({ groups }: { groups: Group[] }) {
  const t = useTranslations("settingsForm");
  const [query, setQuery] = useState("");
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (group: Group) => (row: Row) =>
    wanted.every((word) => row.text.includes(word) || group.title.toLowerCase().includes(word));
  const shown = groups
    .map((group) => ({ ...group, rows: group.rows.filter(fits(group)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <div className="grid grid-cols-1 gap-6">
      <FindField label={t("findVariable")} value={query} onChange={setQuery} spellCheck={false} />
      {shown.length === 0 && (
        <p role="status" className="text-faint">
          {t("noVariable")}
        </p>
      )}
      {shown.map(({ id: name, title, action, rows }) => (
        <section key={name} aria-label={title} className="grid grid-cols-1 gap-2">
          <div className="flex min-h-11 flex-wrap items-center justify-between gap-2">
            <h2 className="text-heading">{title}</h2>
            {action}
          </div>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
            {rows.map(({ id: key, row }) => (
              <li key={key}>{row}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
