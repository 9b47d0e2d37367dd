/** What the list of movies is narrowed and ordered by, as it stands in the address. */

export const sorts = [
  ...["added", "added-asc", "title", "title-desc"],
  ...["release", "release-asc", "rating", "rating-asc"],
] as const;

const choices = {
  status: ["ready", "unready"],
  quality: ["4K", "HD", "SD"],
  watched: ["false", "true"],
} as const;

export const filterNames = ["genre", "status", "watched", "quality", "decade"] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName | "sort", string>>;

/** What of an address is a filter; all else is as if it were not there. */
export function filtersOf(
  given: Record<string, string | string[] | undefined>,
  known: { genres: readonly { id: number }[]; decades: readonly number[] },
): Filters {
  const allowed: Record<FilterName | "sort", readonly string[]> = {
    ...choices,
    genre: known.genres.map(({ id }) => String(id)),
    decade: known.decades.map(String),
    sort: sorts,
  };
  const filters: Filters = {};
  for (const name of [...filterNames, "sort"] as const) {
    const value = given[name];
    if (typeof value === "string" && allowed[name].includes(value)) filters[name] = value;
  }
  return filters;
}

/** Address of a page of the list; what is not chosen, or is so anyway, is left out. */
export function addressOf(filters: Filters, page = 1): string {
  const parameters = new URLSearchParams();
  for (const name of [...filterNames, "sort"] as const) {
    const value = filters[name];
    if (value && !(name === "sort" && value === "added")) parameters.set(name, value);
  }
  if (page > 1) parameters.set("page", String(page));
  return parameters.size > 0 ? `/movies?${parameters}` : "/movies";
}
