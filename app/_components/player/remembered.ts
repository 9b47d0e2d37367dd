/** What this browser remembers of a person's watching; without storage it remembers nothing. */
type Name = "volume" | "muted" | "rate" | "nextByItself" | "lines" | `timing.${string}`;

const prefix = "vigilio.player.";

export function remembered(name: Name): string | null {
  try {
    return window.localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** @param value null to forget it. */
export function remember(name: Name, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(prefix + name);
    else window.localStorage.setItem(prefix + name, value);
  } catch {
    // Storage is full or forbidden: the next visit starts with the defaults.
  }
}
