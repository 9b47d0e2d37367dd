"use client";

import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { FilterChoice } from "../ui/filter-choice";
import { LinkButton } from "../ui/link-button";
import { Spinner } from "../ui/spinner";
import { addressOf, type Filters, filterNames, sorts } from "./filters";

interface MovieFiltersProps {
  filters: Filters;
  decades: readonly number[];
  /** How many movies fit. */
  total: number;
}

const panelId = "movie-filters";
const inPanel = ["status", "watched", "quality", "decade"] as const;

/**
 * Narrows and orders the list of movies. A form of the browser's own lists, which works without
 * scripts, too; with them each choice counts at once. On a phone it is a sheet behind one button.
 */
export function MovieFilters({ filters, decades, total }: MovieFiltersProps) {
  const t = useTranslations("filters");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [pending, startTransition] = useTransition();
  const count = inPanel.filter((name) => filters[name] !== undefined).length;
  const isNarrowed = filterNames.some((name) => filters[name] !== undefined);

  // Going back in the browser's history shows what was chosen then.
  useEffect(() => {
    for (const field of form.current?.querySelectorAll("select") ?? []) {
      field.value = filters[field.name as keyof Filters] ?? (field.name === "sort" ? "added" : "");
    }
  }, [filters]);

  function apply() {
    if (!form.current) return;
    const chosen: Filters = {};
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === "string" && value !== "") chosen[name as keyof Filters] = value;
    }
    startTransition(() => router.push(addressOf(chosen), { scroll: false }));
  }

  return (
    <div className="flex items-center gap-3">
      <Button popoverTarget={panelId} data-stop className="md:hidden">
        <SlidersHorizontal aria-hidden className="size-5" />
        {t("open", { count })}
      </Button>
      <form
        ref={form}
        id={panelId}
        popover="auto"
        action="/movies"
        aria-label={t("title")}
        onChange={apply}
        onSubmit={(event) => {
          event.preventDefault();
          if (form.current?.matches(":popover-open")) form.current.hidePopover();
        }}
        data-row
        className="panel inset-x-2 top-auto bottom-2 m-0 w-auto gap-4 p-5 text-text open:grid max-md:backdrop:bg-ink/70 md:static md:flex md:animate-none md:flex-wrap md:items-center md:gap-2 md:overflow-visible md:border-0 md:bg-transparent md:p-0 md:shadow-none"
      >
        <h2 className="text-heading md:hidden">{t("open", { count: 0 })}</h2>
        {filters.genre && <input type="hidden" name="genre" value={filters.genre} />}
        <Choice name="sort" label={t("sort")} value={filters.sort ?? "added"}>
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {t(`sortNames.${sort}`)}
            </option>
          ))}
        </Choice>
        <Choice name="status" label={t("status")} value={filters.status}>
          <option value="">{t("anyStatus")}</option>
          <option value="ready">{t("statusNames.ready")}</option>
          <option value="unready">{t("statusNames.unready")}</option>
        </Choice>
        <Choice name="watched" label={t("watched")} value={filters.watched}>
          <option value="">{t("anyWatched")}</option>
          <option value="false">{t("watchedNames.false")}</option>
          <option value="true">{t("watchedNames.true")}</option>
        </Choice>
        <Choice name="quality" label={t("quality")} value={filters.quality}>
          <option value="">{t("anyQuality")}</option>
          <option value="4K">{t("qualityNames.4K")}</option>
          <option value="HD">{t("qualityNames.HD")}</option>
          <option value="SD">{t("qualityNames.SD")}</option>
        </Choice>
        <Choice name="decade" label={t("decade")} value={filters.decade}>
          <option value="">{t("anyDecade")}</option>
          {decades.map((decade) => (
            <option key={decade} value={decade}>
              {t("decadeName", { decade: String(decade) })}
            </option>
          ))}
        </Choice>
        {isNarrowed && (
          <LinkButton tone="quiet" href="/movies" data-stop>
            {t("clear")}
          </LinkButton>
        )}
        <Button type="submit" tone="primary" className="md:hidden">
          {t("show", { count: total })}
        </Button>
        <noscript>
          <Button type="submit">{t("apply")}</Button>
        </noscript>
      </form>
      <span className="grid size-6 place-items-center">{pending && <Spinner />}</span>
    </div>
  );
}

interface ChoiceProps {
  name: keyof Filters;
  label: string;
  value: string | undefined;
  children: ReactNode;
}

function Choice({ name, ...shown }: ChoiceProps) {
  return <FilterChoice name={name} narrows={name !== "sort"} {...shown} />;
}
