import { beepTimes, flashTimes } from "./measure";

/**
 * By how many seconds the beeps come after the flashes of a film of `makeMovie`, at its beginning
 * and at its end. What the edges cut off is left out.
 */
export async function relation(
  path: string,
): Promise<{ first: number; last: number; count: number }> {
  const [flashes, beeps] = await Promise.all([flashTimes(path), beepTimes(path)]);
  const distances = flashes.slice(1, -1).flatMap((flash) => {
    const nearest = beeps
      .map((beep) => beep - flash)
      .toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
    return nearest === undefined || Math.abs(nearest) > 0.5 ? [] : [nearest];
  });
  const [first, last] = [distances[0], distances.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`no flash and beep in ${path}`);
  return { first, last, count: distances.length };
}
