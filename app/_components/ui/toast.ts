export interface Toast {
  message: string;
  /** A second line: what it means, what to do. */
  detail?: string;
  tone?: "plain" | "danger";
  /** Where to go on from there, after the second line. */
  link?: { href: string; label: string };
  /** Mostly undo. */
  action?: { label: string; run: () => void };
}

type Take = (toast: Toast) => void;

const waiting: Toast[] = [];
let take: Take | null = null;
let wake: (() => void) | null = null;

/**
 * Says what happened, at the edge of the screen. What is said while nobody draws toasts is kept,
 * because the library that draws them is loaded only once there is one.
 */
export function showToast(toast: Toast): void {
  if (take) {
    take(toast);
    return;
  }
  waiting.push(toast);
  wake?.();
}

/** Calls `onWaiting` when a toast waits and nobody draws it yet. Returns how to stop. */
export function whenToastWaits(onWaiting: () => void): () => void {
  wake = onWaiting;
  if (waiting.length > 0) onWaiting();
  return () => {
    if (wake === onWaiting) wake = null;
  };
}

/** Hands every toast to `onToast`, those that wait first. Returns how to stop. */
export function takeToasts(onToast: Take): () => void {
  take = onToast;
  for (const toast of waiting.splice(0)) onToast(toast);
  return () => {
    if (take === onToast) take = null;
  };
}
