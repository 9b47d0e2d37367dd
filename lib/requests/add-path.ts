/** The page for adding with words in its field. */
export function addPathFor(words: string): string {
  return `/manage/add?${new URLSearchParams({ query: words })}`;
}
