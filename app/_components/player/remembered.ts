/** What this browser remembers of a person's watching; without storage it remembers nothing. */
type Name = "volume" | "muted" | "subtitle" | "audio" | "rate" | "nextByItself";

const prefix = "vigilio.player.";

export function remembered(name: Name): string | null {
  try {
    return window.localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: Name, value: string): void {
  try {
    window.localStorage.setItem(prefix + name, value);
  } catch {
    // Storage is full or forbidden: the next visit starts with the defaults.
  }
}
