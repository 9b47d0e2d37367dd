/**
 * Movies that became ready while this tab was open and that nobody has looked at in it. Their number
 * stands before the page's title, and on the app's icon where it is installed.
 */
const unseen = new Set<string>();
let observer: MutationObserver | null = null;

const numbered = /^\(\d+\) /;

function show(): void {
  const plain = document.title.replace(numbered, "");
  const title = unseen.size > 0 ? `(${unseen.size}) ${plain}` : plain;
  if (document.title !== title) document.title = title;
}

function showEverywhere(): void {
  // Every page brings its own title, after which the number is put before it again.
  observer ??= new MutationObserver(show);
  if (unseen.size > 0) {
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  } else observer.disconnect();
  show();
  const badge: { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> } =
    navigator;
  const set = unseen.size > 0 ? badge.setAppBadge?.(unseen.size) : badge.clearAppBadge?.();
  // Refused where the app is not installed.
  set?.catch(() => {});
}

/** Counts a movie that became ready. */
export function addUnseen(movieId: string): void {
  unseen.add(movieId);
  showEverywhere();
}

/** Takes a movie that was looked at out of the count; without one, all of them. */
export function forgetUnseen(movieId?: string): void {
  if (unseen.size === 0) return;
  if (movieId === undefined) unseen.clear();
  else unseen.delete(movieId);
  showEverywhere();
}
