import Link from "next/link";
import { words } from "@/lib/web/words";
import { LinkPending } from "../ui/link-pending";

export const listSorts = ["added", "title", "release", "rating"] as const;
export type ListSort = (typeof listSorts)[number];

interface SortLinksProps {
  current: ListSort;
  href: (sort: ListSort) => string;
}

/** The order of a person's own list, one press each. */
export async function SortLinks({ current, href }: SortLinksProps) {
  const t = await words("list");
  return (
    <nav aria-label={t("order")} className="scroller -mx-(--gutter)">
      <ul data-row className="gutter flex w-max gap-2 py-1">
        {listSorts.map((sort) => (
          <li key={sort}>
            <Link
              href={href(sort)}
              data-stop
              prefetch={false}
              aria-current={sort === current ? "true" : undefined}
              className="relative flex h-11 items-center rounded-full border border-line px-4 whitespace-nowrap text-faint transition-colors hover:border-faint hover:text-text aria-[current=true]:border-lamp aria-[current=true]:text-lamp"
            >
              {t(`sort.${sort}`)}
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
