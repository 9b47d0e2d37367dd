import Link from "next/link";
import { words } from "@/lib/web/words";
import { LinkPending } from "../ui/link-pending";
import { addressOf, type Filters } from "./filters";

interface GenreChipsProps {
  genres: readonly { id: number; name: string }[];
  filters: Filters;
}

/** One genre out of several: on a phone a line that scrolls sideways, on a desk as many as needed. */
export async function GenreChips({ genres, filters }: GenreChipsProps) {
  const t = await words("browse");
  if (genres.length === 0) return null;
  const chips = [
    { id: undefined, name: t("allGenres") },
    ...genres.map(({ id, name }) => ({ id: String(id), name })),
  ];
  return (
    <nav aria-label={t("genres")} className="scroller -mx-(--gutter) md:overflow-visible">
      <ul data-row className="gutter flex w-max gap-2 py-1 md:w-auto md:flex-wrap">
        {chips.map(({ id, name }) => (
          <li key={id ?? "all"} className="snap-start">
            <Link
              href={addressOf({ ...filters, genre: id })}
              data-stop
              prefetch={false}
              aria-current={filters.genre === id ? "true" : undefined}
              className="relative flex h-11 items-center rounded-full border border-line px-4 whitespace-nowrap text-faint transition-colors hover:border-faint hover:text-text aria-[current=true]:border-lamp aria-[current=true]:text-lamp"
            >
              {name}
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
