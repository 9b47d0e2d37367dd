"use client";

import { Search, SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { controlClass } from "../ui/field";
import { FilterChoice } from "../ui/filter-choice";
import { LinkButton } from "../ui/link-button";
import { Select } from "../ui/select";
import { Spinner } from "../ui/spinner";
import { languageText } from "../words/measures";
import { isNarrowed, type LibraryFilters, libraryAddress } from "./filters";

interface FilterFormProps {
  filters: LibraryFilters;
  /** The household's subtitle languages. */
  languages: readonly string[];
  /** What the states are called. */
  states: readonly { value: string; label: string }[];
  /** How the table is ordered now. */
  sort: string;
  order: "asc" | "desc";
}

const panelId = "library-filters";
const inPanel = ["status", "quality", "without", "match", "watched"] as const;
const typingMs = 300;
const orders = ["added desc", "added asc", "title asc", "title desc", "size desc", "size asc"];

/**
 * Searches and narrows the table of all movies. A form of the browser's own fields, which works
 * without scripts, too; with them each choice counts at once. On a phone the filters are a sheet.
 */
export function FilterForm(props: FilterFormProps) {
  const { filters, languages, states, sort, order } = props;
  const t = useTranslations("library");
  const locale = useLocale();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [pending, startTransition] = useTransition();
  const count = inPanel.filter((name) => filters[name] !== undefined).length;

  // Going back in the browser's history shows what was chosen then.
  useEffect(() => {
    for (const field of form.current?.querySelectorAll("select, input") ?? []) {
      const control = field as HTMLSelectElement | HTMLInputElement;
      if (control === document.activeElement || control.type === "hidden") continue;
      if (control.name === "ordered") continue;
      control.value = filters[control.name as keyof LibraryFilters] ?? "";
    }
  }, [filters]);
  useEffect(() => () => clearTimeout(typing.current), []);

  function apply(how: "push" | "replace") {
    clearTimeout(typing.current);
    if (!form.current) return;
    const chosen: LibraryFilters = {};
    for (const [name, value] of new FormData(form.current)) {
      const text = String(value).trim();
      if (text !== "" && name !== "ordered") chosen[name as keyof LibraryFilters] = text;
    }
    // On a desk the columns order the table, and this list is not there.
    const ordered = form.current.querySelector<HTMLSelectElement>("select[name=ordered]");
    if (ordered?.checkVisibility()) [chosen.sort, chosen.order] = ordered.value.split(" ");
    startTransition(() => router[how](libraryAddress(chosen), { scroll: false }));
  }

  return (
    <form
      ref={form}
      action="/manage/movies"
      aria-label={t("filters")}
      onSubmit={(event) => {
        event.preventDefault();
        document.getElementById(panelId)?.hidePopover?.();
        apply("push");
      }}
      data-row
      className="flex flex-wrap items-center gap-2"
    >
      {filters.sort && <input type="hidden" name="sort" value={filters.sort} />}
      {filters.order && <input type="hidden" name="order" value={filters.order} />}
      <div className="relative min-w-0 grow basis-40 md:max-w-80">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 start-3.5 my-auto size-5 text-faint"
        />
        <input
          name="query"
          type="search"
          autoComplete="off"
          maxLength={200}
          dir="auto"
          data-stop
          aria-label={t("search")}
          placeholder={t("search")}
          defaultValue={filters.query ?? ""}
          onChange={() => {
            clearTimeout(typing.current);
            typing.current = setTimeout(() => apply("replace"), typingMs);
          }}
          className={`${controlClass} ps-11 pe-10`}
        />
        {pending && (
          <span className="pointer-events-none absolute inset-y-0 end-3 grid place-items-center">
            <Spinner />
          </span>
        )}
      </div>
      <Button popoverTarget={panelId} data-stop className="md:hidden">
        <SlidersHorizontal aria-hidden className="size-5" />
        {t("openFilters", { count })}
      </Button>
      <div
        id={panelId}
        popover="auto"
        className="panel inset-x-2 top-auto bottom-2 m-0 w-auto gap-4 p-5 text-text open:grid max-md:backdrop:bg-ink/70 md:static md:contents"
      >
        <h2 className="text-heading md:hidden">{t("filters")}</h2>
        <div className="md:hidden">
          <Select
            name="ordered"
            label={t("order")}
            defaultValue={`${sort} ${order}`}
            onChange={() => apply("push")}
          >
            {orders.map((one) => (
              <option key={one} value={one}>
                {t(`orders.${one.replace(" ", "-")}`)}
              </option>
            ))}
          </Select>
        </div>
        <Choice name="status" label={t("state")} filters={filters} onApply={apply}>
          <option value="">{t("anyState")}</option>
          {states.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Choice>
        <Choice name="quality" label={t("quality")} filters={filters} onApply={apply}>
          <option value="">{t("anyQuality")}</option>
          {["4K", "HD", "SD"].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Choice>
        {languages.length > 0 && (
          <Choice name="without" label={t("subtitles")} filters={filters} onApply={apply}>
            <option value="">{t("anySubtitles")}</option>
            {languages.map((tag) => (
              <option key={tag} value={tag}>
                {t("without", { language: languageText(tag, locale) ?? tag })}
              </option>
            ))}
          </Choice>
        )}
        <Choice name="match" label={t("match")} filters={filters} onApply={apply}>
          <option value="">{t("anyMatch")}</option>
          <option value="none">{t("notMatched")}</option>
        </Choice>
        <Choice name="watched" label={t("watchedBy")} filters={filters} onApply={apply}>
          <option value="">{t("anyWatched")}</option>
          <option value="never">{t("neverWatched")}</option>
        </Choice>
        <Button type="submit" tone="primary" className="md:hidden">
          {t("show")}
        </Button>
      </div>
      {isNarrowed(filters) && (
        <LinkButton tone="quiet" href="/manage/movies">
          {t("clear")}
        </LinkButton>
      )}
      <noscript>
        <Button type="submit">{t("show")}</Button>
      </noscript>
    </form>
  );
}

interface ChoiceProps {
  name: (typeof inPanel)[number];
  label: string;
  filters: LibraryFilters;
  onApply: (how: "push") => void;
  children: ReactNode;
}

function Choice({ name, filters, onApply, ...shown }: ChoiceProps) {
  return (
    <FilterChoice name={name} value={filters[name]} onChange={() => onApply("push")} {...shown} />
  );
}
