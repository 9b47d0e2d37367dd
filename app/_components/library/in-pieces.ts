/** What became of things that something was done with. */
interface Outcomes {
  done: string[];
  /** In words, each once. */
  refused: string[];
}

export type PieceResult<More> =
  | { ok: true; data: Outcomes & More }
  | { ok: false; problem: { title: string; detail?: string } };

/** As many at once: one call takes seconds at the most, and how far it is can be shown. */
export const pieceSize = 50;

/**
 * Does something with many things in pieces, one after the other. A piece that is refused as a whole
 * ends it: the next would be refused for the same reason.
 *
 * @param onProgress called after each piece with how many are behind it.
 * @returns what was done, what the last piece said beside, and what ended it early.
 */
export async function inPieces<More extends object>(
  ids: readonly string[],
  work: (piece: string[]) => Promise<PieceResult<More>>,
  onProgress: (count: number) => void = () => undefined,
): Promise<Outcomes & { last: More | null; problem: { title: string; detail?: string } | null }> {
  const done: string[] = [];
  const refused = new Set<string>();
  let last: More | null = null;
  for (let at = 0; at < ids.length; at += pieceSize) {
    const result = await work(ids.slice(at, at + pieceSize));
    if (!result.ok) return { done, refused: [...refused], last, problem: result.problem };
    done.push(...result.data.done);
    for (const why of result.data.refused) refused.add(why);
    last = result.data;
    onProgress(Math.min(at + pieceSize, ids.length));
  }
  return { done, refused: [...refused], last, problem: null };
}
