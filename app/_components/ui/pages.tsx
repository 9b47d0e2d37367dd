import { ChevronLeft, ChevronRight } from "lucide-react";
import { words } from "@/lib/web/words";
import { LinkButton } from "./link-button";

interface PagesProps {
  page: number;
  pageSize: number;
  total: number;
  /** Address of a page of the list. */
  href: (page: number) => string;
}

/** To the pages before and after; nothing when everything fits on one. */
export async function Pages({ page, pageSize, total, href }: PagesProps) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1 && page === 1) return null;
  const t = await words("common");
  return (
    <nav aria-label={t("pages")} data-row className="flex items-center justify-center gap-3">
      {page > 1 && (
        <LinkButton data-stop href={href(Math.min(page - 1, last))}>
          <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
          {t("previousPage")}
        </LinkButton>
      )}
      <span className="text-caption text-faint" data-numbers>
        {t("pageOf", { page, last })}
      </span>
      {page < last && (
        <LinkButton data-stop href={href(page + 1)}>
          {t("nextPage")}
          <ChevronRight aria-hidden className="size-5 rtl:rotate-180" />
        </LinkButton>
      )}
    </nav>
  );
}
