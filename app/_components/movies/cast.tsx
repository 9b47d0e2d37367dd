import Link from "next/link";
import type { MovieView } from "@/lib/movies/schema";
import { searchFor } from "./people-links";
import { RowScroller } from "./row-scroller";

/** Who plays whom, in the order of the credits; each leads to what else of theirs is there. */
export function Cast({ cast }: { cast: MovieView["cast"] }) {
  return (
    <RowScroller>
      <ul data-row className="gutter flex w-max gap-4 py-2">
        {cast.map((person) => (
          <li
            key={`${person.name} ${person.character}`}
            className="w-24 shrink-0 snap-start sm:w-28"
          >
            <Link
              href={searchFor(person.name)}
              prefetch={false}
              data-stop
              className="group block rounded-card"
            >
              <div className="grid aspect-square place-items-center overflow-hidden rounded-full bg-raised text-heading text-faint transition group-hover:brightness-115">
                {person.imageUrl ? (
                  // biome-ignore lint/performance/noImgElement: pictures are stored in the widths that are needed
                  <img
                    src={person.imageUrl}
                    width={185}
                    height={185}
                    loading="lazy"
                    decoding="async"
                    alt=""
                    className="size-full object-cover object-[50%_20%]"
                  />
                ) : (
                  <span aria-hidden>{initials(person.name)}</span>
                )}
              </div>
              <p
                dir="auto"
                className="mt-2 line-clamp-2 text-center text-caption font-medium group-hover:underline"
              >
                {person.name}
              </p>
              {person.character && (
                <p dir="auto" className="line-clamp-2 text-center text-caption text-faint">
                  {person.character}
                </p>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </RowScroller>
  );
}

/** First letters of the first and the last name, where letters are letters. */
function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  const chosen = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return chosen.map((part) => [...(part ?? "")][0] ?? "").join("");
}
