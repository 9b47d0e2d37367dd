"use client";

import { Library } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { AddForm } from "./add-form";
import { SearchResults } from "./search-results";
import { useSourceSearch } from "./use-source-search";
import { useTakeRelease } from "./use-take-release";

interface AddMovieProps {
  search: "ready" | "no-sources" | "not-allowed";
  isAdmin: boolean;
  /** What stands in the field from the start: a movie that somebody asked for. */
  initial: string;
  /** Below the form, where there are no results. */
  after: ReactNode;
}

/** One field for everything that names a movie or brings it, and what the sources have under it. */
export function AddMovie({ search, isAdmin, initial, after }: AddMovieProps) {
  const t = useTranslations("sourceSearch");
  const [asked, setAsked] = useState({ query: "", round: 0 });
  const found = useSourceSearch(asked);
  // Whoever adds may bring back what lies in the bin.
  const take = useTakeRelease({ mayRestore: isAdmin });
  const isSearchable = search === "ready";
  const ask = (query: string, again: boolean) =>
    setAsked((before) => {
      if (before.query === query && !again) return before;
      return { query, round: again ? before.round + 1 : before.round };
    });
  return (
    <>
      <AddForm initial={initial} onSearch={isSearchable ? ask : null} mayRestore={isAdmin} />
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
      {isSearchable && asked.query !== "" ? <SearchResults found={found} take={take} /> : after}
    </>
  );
}
