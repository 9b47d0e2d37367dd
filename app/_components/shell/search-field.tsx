"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
  useTransition,
} from "react";
import { useTranslations } from "use-intl";
import { Spinner } from "../ui/spinner";

const SearchPanel = lazy(() => import("./search-panel"));

/** So long nothing is typed before the page of results follows. */
const settleMs = 160;
const page = "/search";

interface SearchFieldProps {
  className?: string;
  /** Away from the page of results the first of them are shown below the field. */
  withPanel?: boolean;
}

/**
 * Searches the library; `/` puts the focus here. The page of results follows while one types; what
 * it shows stays until the next is there. Without scripts it is a form.
 */
export function SearchField({ className = "", withPanel = false }: SearchFieldProps) {
  const t = useTranslations("searchField");
  const router = useRouter();
  const path = usePathname();
  const asked = useSearchParams()?.get("query") ?? "";
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [option, setOption] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const onPage = path === page;
  const isOpen = withPanel && !onPage && typed.trim() !== "";

  // A search from elsewhere shows its own words, but never while somebody writes others.
  useEffect(() => {
    const input = field.current;
    if (input && (path !== page || input !== document.activeElement)) input.value = asked;
    setTyped("");
  }, [asked, path]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function follow(value: string) {
    setTyped(value);
    setOption(null);
    if (!onPage) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const query = value.trim();
      const href = query ? `${page}?${new URLSearchParams({ query })}` : page;
      startTransition(() => router.replace(href, { scroll: false }));
    }, settleMs);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    if (event.key === "Escape" && input.value !== "") {
      input.value = "";
      follow("");
      event.preventDefault();
    } else if (event.key === "ArrowDown" && onPage) {
      const first = document.querySelector<HTMLElement>("main [data-movie] [data-stop]");
      first?.focus();
      if (first) event.preventDefault();
    }
  }

  return (
    <Form
      action={page}
      // As links: what would be fetched is fetched anew with every refresh of the page.
      prefetch={false}
      role="search"
      className={`relative ${className}`}
      onSubmit={() => {
        clearTimeout(timer.current);
        setTyped("");
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setTyped("");
      }}
    >
      <span className="pointer-events-none absolute inset-y-0 start-3 my-auto grid size-4.5 place-items-center text-faint">
        {pending ? <Spinner /> : <Search aria-hidden className="size-4.5" />}
      </span>
      <input
        ref={field}
        type="search"
        name="query"
        defaultValue={asked}
        maxLength={200}
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={t("label")}
        aria-busy={pending || undefined}
        placeholder={t("placeholder")}
        onInput={(event) => follow(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        {...(withPanel && {
          role: "combobox",
          "aria-autocomplete": "list" as const,
          "aria-expanded": isOpen,
          "aria-controls": listId,
          "aria-activedescendant": option ?? undefined,
        })}
        className="h-11 w-full rounded-lg border border-edge bg-ink/70 ps-10 pe-3 placeholder:text-faint hover:border-faint"
      />
      {isOpen && (
        <Suspense>
          <SearchPanel
            id={listId}
            query={typed.trim()}
            field={field}
            option={option}
            onOption={setOption}
            onClose={() => setTyped("")}
          />
        </Suspense>
      )}
    </Form>
  );
}
