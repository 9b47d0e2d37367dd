"use client";

import { Library } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { AddForm } from "./add-form";
import { SearchResults } from "./search-results";
import { useSourceSearch } from "./use-source-search";

interface AddMovieProps {
  search: "ready" | "no-sources" | "not-allowed";
  isAdmin: boolean;
  /** Below the form, where there are no results. */
  after: ReactNode;
}

/** One field for everything that names a movie or brings it, and what the sources have under it. */
export function AddMovie({ search, isAdmin, after }: AddMovieProps) {
  const t = useTranslations("sourceSearch");
  const [asked, setAsked] = useState({ query: "", round: 0 });
  const found = useSourceSearch(asked);
  const isSearchable = search === "ready";
  const ask = (query: string, again: boolean) =>
    setAsked((before) => {
      if (before.query === query && !again) return before;
      return { query, round: again ? before.round + 1 : before.round };
    });
  return (
    <>
      <AddForm onSearch={isSearchable ? ask : null} mayRestore={isAdmin} />
      {search === "no-sources" && (
        <Notice
          title={t("noneTitle")}
          action={
            isAdmin && (
              <LinkButton href="/manage/sources">
                <Library aria-hidden className="size-5" />
                {t("noneAction")}
              </LinkButton>
            )
          }
        >
          {t("none")} {isAdmin ? t("noneAdmin") : t("noneMember")}
        </Notice>
      )}
      {isSearchable && asked.query !== "" ? (
        <SearchResults found={found} mayRestore={isAdmin} />
      ) : (
        after
      )}
    </>
  );
}
