import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { LibraryRow } from "@/lib/library/schema";
import { words } from "@/lib/web/words";
import { LinkPending } from "../ui/link-pending";
import { type LibraryFilters, libraryAddress } from "./filters";
import { MovieTableRow } from "./movie-table-row";
import { PageCheckbox } from "./selection";

interface MovieTableProps {
  rows: readonly LibraryRow[];
  filters: LibraryFilters;
  /** How the table is ordered now. */
  sort: string;
  order: "asc" | "desc";
  binDays: number;
}

const columns = [
  { name: "movie", sort: "title" },
  { name: "added", sort: "added" },
  { name: "size", sort: "size" },
  { name: "state", sort: null },
  { name: "subtitles", sort: null },
  { name: "watchedBy", sort: null },
] as const;

/** Every movie with what is known of its files: a table on a desk, cards on a phone. */
export async function MovieTable({ rows, filters, sort, order, binDays }: MovieTableProps) {
  const t = await words("library");
  const ids = rows.map(({ id }) => id);
  return (
    <table className="w-full border-collapse text-start max-md:block">
      <caption className="sr-only">{t("title")}</caption>
      <thead className="max-md:hidden">
        <tr className="border-b border-line text-caption text-faint">
          <td className="w-11 p-0">
            <PageCheckbox ids={ids} />
          </td>
          {columns.map(({ name, sort: by }) => (
            <th
              key={name}
              scope="col"
              aria-sort={by === sort ? (order === "asc" ? "ascending" : "descending") : undefined}
              className="px-2 text-start font-medium whitespace-nowrap"
            >
              {by ? <SortLink {...{ by, sort, order, filters }}>{t(name)}</SortLink> : t(name)}
            </th>
          ))}
          <th scope="col" className="w-12">
            <span className="sr-only">{t("actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:grid max-md:gap-2">
        {rows.map((row) => (
          <MovieTableRow key={row.id} row={row} binDays={binDays} />
        ))}
      </tbody>
    </table>
  );
}

interface SortLinkProps {
  by: "title" | "added" | "size";
  sort: string;
  order: "asc" | "desc";
  filters: LibraryFilters;
  children: string;
}

/** Orders by a column; pressed again, the other way round. */
function SortLink({ by, sort, order, filters, children }: SortLinkProps) {
  const first = by === "title" ? "asc" : "desc";
  const isCurrent = by === sort;
  const next = isCurrent ? (order === "asc" ? "desc" : "asc") : first;
  const Arrow = order === "asc" ? ArrowUp : ArrowDown;
  return (
    <Link
      href={libraryAddress({ ...filters, sort: by, order: next })}
      prefetch={false}
      scroll={false}
      data-stop
      className={`relative inline-flex min-h-11 items-center gap-1.5 hover:text-text ${isCurrent ? "text-lamp" : ""}`}
    >
      {children}
      {isCurrent && <Arrow aria-hidden className="size-4" />}
      <LinkPending />
    </Link>
  );
}
