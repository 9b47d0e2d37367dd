import type { Settings } from "@/lib/settings/schema";
import type { SpeedWindow } from "./schema";

export type SpeedSettings = Pick<
  Settings,
  "downloadKibibytesPerSecond" | "uploadKibibytesPerSecond" | "speedWindows"
>;

export interface SpeedLimits {
  /** Null: no limit. */
  downloadKibibytesPerSecond: number | null;
  uploadKibibytesPerSecond: number | null;
  /** Place of the window that holds; null when the general limits do. */
  window: number | null;
}

const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Minutes since Monday, midnight, by the clock of the server's time zone. */
function minuteOfWeek(moment: Date): number {
  const daysSinceMonday = (moment.getDay() + 6) % 7;
  return daysSinceMonday * dayMinutes + moment.getHours() * 60 + moment.getMinutes();
}

/** A window belongs to the day on which it begins; one that ends when it begins lasts a whole day. */
function covers({ days, from, to }: SpeedWindow, minute: number): boolean {
  const length = (minutesOf(to) - minutesOf(from) + dayMinutes) % dayMinutes || dayMinutes;
  return days.some((day) => {
    const start = (day - 1) * dayMinutes + minutesOf(from);
    return (minute - start + weekMinutes) % weekMinutes < length;
  });
}

function limitsInMinute(settings: SpeedSettings, minute: number): SpeedLimits {
  const place = settings.speedWindows.findIndex((window) => covers(window, minute));
  const { downloadKibibytesPerSecond, uploadKibibytesPerSecond } =
    settings.speedWindows[place] ?? settings;
  return {
    downloadKibibytesPerSecond,
    uploadKibibytesPerSecond,
    window: place === -1 ? null : place,
  };
}

/** Which limits hold at a moment: those of the first window that covers it, else the general ones. */
export function limitsAt(settings: SpeedSettings, moment: Date): SpeedLimits {
  return limitsInMinute(settings, minuteOfWeek(moment));
}

/** `23:00`: when, within a day, other limits come into force by the hour; null when none do. */
export function limitsUntil(settings: SpeedSettings, moment: Date): string | null {
  const start = minuteOfWeek(moment);
  const { window } = limitsInMinute(settings, start);
  for (let ahead = 1; ahead <= dayMinutes; ahead += 1) {
    const minute = (start + ahead) % weekMinutes;
    if (limitsInMinute(settings, minute).window === window) continue;
    const ofDay = minute % dayMinutes;
    const two = (part: number) => String(part).padStart(2, "0");
    return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
  }
  return null;
}
