import { expect, it } from "vitest";
import { inPieces, pieceSize } from "./in-pieces";

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));

it("does all of it in pieces, tells how far it is, and each refusal once", async () => {
  const pieces: number[] = [];
  const seen: number[] = [];
  const result = await inPieces(
    ids(pieceSize * 2 + 1),
    async (piece) => {
      pieces.push(piece.length);
      const done = piece.filter((id) => id !== "3");
      return { ok: true, data: { done, refused: ["no file yet"], days: 7 } };
    },
    (count) => seen.push(count),
  );
  expect(pieces).toEqual([pieceSize, pieceSize, 1]);
  expect(seen).toEqual([pieceSize, pieceSize * 2, pieceSize * 2 + 1]);
  expect(result).toMatchObject({ refused: ["no file yet"], problem: null, last: { days: 7 } });
  expect(result.done).toHaveLength(pieceSize * 2);
});

it("ends with a piece that is refused as a whole, and keeps what was done", async () => {
  let calls = 0;
  const result = await inPieces<object>(ids(pieceSize * 3), async (piece) => {
    calls += 1;
    return calls === 2
      ? { ok: false, problem: { title: "Not now" } }
      : { ok: true, data: { done: piece, refused: [] } };
  });
  expect(calls).toBe(2);
  expect(result.problem).toEqual({ title: "Not now" });
  expect(result.done).toHaveLength(pieceSize);
});
