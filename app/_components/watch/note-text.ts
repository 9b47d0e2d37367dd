/** What a key or a gesture did, before it is put into words. */
export type Note =
  | { kind: "play" | "pause" | "muted" | "subtitlesOff" | "fast" }
  | { kind: "seek"; seconds: number }
  | { kind: "at"; seconds: number }
  | { kind: "scrub"; seconds: number; by: number }
  | { kind: "volume"; share: number }
  | { kind: "rate"; rate: number }
  | { kind: "subtitles"; label: string }
  | { kind: "chapter"; text: string };

type Say = (key: string, values?: Record<string, string | number>) => string;

/** `1:02:03`, `4:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor((whole % 3600) / 60),
    whole % 60,
  ];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `+0:35`, `−1:20`. */
function signedClock(seconds: number): string {
  return `${seconds < 0 ? "−" : "+"}${clockText(Math.abs(seconds))}`;
}

/** `+10 s`, in the reader's way of writing it. */
export function secondsText(seconds: number, locale: string): string {
  const format = { style: "unit", unit: "second", signDisplay: "exceptZero" } as const;
  return new Intl.NumberFormat(locale, { ...format, unitDisplay: "short" })
    .format(seconds)
    .replace(/secs?/, "s");
}

/** A rate as people write it: `1.25×`. */
export function rateText(rate: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(rate)}×`;
}

/** The note in words: a word or two, for the eye and for the ear. */
export function noteText(note: Note, t: Say, locale: string): string {
  switch (note.kind) {
    case "seek":
      return secondsText(note.seconds, locale);
    case "at":
      return clockText(note.seconds);
    case "scrub":
      return `${clockText(note.seconds)} (${signedClock(note.by)})`;
    case "volume": {
      const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(note.share);
      return t("noteVolume", { percent });
    }
    case "rate":
      return rateText(note.rate, locale);
    case "fast":
      return t("noteFast", { rate: rateText(2, locale) });
    case "subtitles":
      return t("noteSubtitles", { label: note.label });
    case "chapter":
      return note.text;
    case "play":
      return t("notePlay");
    case "pause":
      return t("notePause");
    case "muted":
      return t("noteMuted");
    case "subtitlesOff":
      return t("noteSubtitlesOff");
  }
}
