"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";

/** Searches the library; `/` puts the focus here. */
export function SearchField({ className = "" }: { className?: string }) {
  const t = useTranslations("searchField");
  const query = useSearchParams()?.get("query") ?? "";
  return (
    <Form action="/search" role="search" className={`relative ${className}`}>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4.5 text-faint"
      />
      <input
        // A new search from elsewhere shows its own words.
        key={query}
        type="search"
        name="query"
        defaultValue={query}
        maxLength={200}
        enterKeyHint="search"
        aria-label={t("label")}
        placeholder={t("placeholder")}
        className="h-11 w-full rounded-lg border border-edge bg-ink/70 ps-10 pe-3 placeholder:text-faint hover:border-faint"
      />
    </Form>
  );
}
