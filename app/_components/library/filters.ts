/** What the table of all movies is narrowed and ordered by, as it stands in its address. */
const filterNames = ["query", "status", "quality", "without", "match", "watched"] as const;
export type LibraryFilters = Partial<
  Record<(typeof filterNames)[number] | "sort" | "order", string | undefined>
>;

const home = "/manage/movies";

/** Address of a page of the table; what is not chosen is left out. */
export function libraryAddress(filters: LibraryFilters, page = 1): string {
  const parameters = new URLSearchParams();
  for (const name of [...filterNames, "sort", "order"] as const) {
    const value = filters[name];
    if (value) parameters.set(name, value);
  }
  if (page > 1) parameters.set("page", String(page));
  return parameters.size > 0 ? `${home}?${parameters}` : home;
}

/** True when the table shows a part of the library. */
export function isNarrowed(filters: LibraryFilters): boolean {
  return filterNames.some((name) => filters[name] !== undefined);
}
