export type ArrowKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** Something that can have the focus, where it is on the screen, and which row it belongs to. */
export interface Stop {
  row: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Where an arrow key leads: left and right stay on the line, up and down go to the nearest line and
 * on it to the stop that lies closest to the same column. A row may wrap into several lines.
 *
 * @param stops in any order; pixels, any origin.
 * @returns index in `stops`; null when there is nothing that way, and the browser may scroll.
 */
export function nextStop(stops: readonly Stop[], from: number, key: ArrowKey): number | null {
  const current = stops[from];
  if (!current) return null;
  return key === "ArrowLeft" || key === "ArrowRight"
    ? alongLine(stops, from, current, key === "ArrowRight" ? 1 : -1)
    : acrossLines(stops, from, current, key === "ArrowDown" ? 1 : -1);
}

/** Two stops share a line when they overlap by more than half of the lower one. */
function sameLine(one: Stop, other: Stop): boolean {
  const overlap =
    Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return overlap > Math.min(one.height, other.height) / 2;
}

const centre = (stop: Stop) => stop.left + stop.width / 2;

function nearest(
  stops: readonly Stop[],
  candidates: readonly number[],
  distance: (stop: Stop) => number,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const index of candidates) {
    const stop = stops[index];
    if (!stop) continue;
    const away = distance(stop);
    if (away < least) {
      least = away;
      best = index;
    }
  }
  return best;
}

function alongLine(
  stops: readonly Stop[],
  from: number,
  current: Stop,
  direction: 1 | -1,
): number | null {
  const ahead = stops.flatMap((stop, index) =>
    index !== from &&
    stop.row === current.row &&
    sameLine(stop, current) &&
    (centre(stop) - centre(current)) * direction > 0
      ? [index]
      : [],
  );
  return nearest(stops, ahead, (stop) => Math.abs(centre(stop) - centre(current)));
}

function acrossLines(
  stops: readonly Stop[],
  from: number,
  current: Stop,
  direction: 1 | -1,
): number | null {
  const middle = (stop: Stop) => stop.top + stop.height / 2;
  const ahead = stops.flatMap((stop, index) =>
    index !== from && !sameLine(stop, current) && (middle(stop) - middle(current)) * direction > 0
      ? [index]
      : [],
  );
  const first = nearest(stops, ahead, (stop) => Math.abs(middle(stop) - middle(current)));
  const line = first === null ? undefined : stops[first];
  if (!line) return null;
  const onLine = ahead.filter((index) => {
    const stop = stops[index];
    return stop !== undefined && stop.row === line.row && sameLine(stop, line);
  });
  return nearest(stops, onLine, (stop) => Math.abs(centre(stop) - centre(current)));
}
