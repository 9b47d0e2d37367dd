"use client";

import { Search } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { controlClass } from "../ui/field";

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
  const id = useId();
  const [query, setQuery] = useState("");
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (group: Group) => (row: Row) =>
    wanted.every((word) => row.text.includes(word) || group.title.toLowerCase().includes(word));
  const shown = groups
    .map((group) => ({ ...group, rows: group.rows.filter(fits(group)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="relative">
        <label htmlFor={id} className="sr-only">
          {t("findVariable")}
        </label>
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 start-3.5 my-auto size-5 text-faint"
        />
        <input
          id={id}
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder={t("findVariable")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={`${controlClass} ps-11`}
        />
      </div>
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
