import type { FileHandle } from "node:fs/promises";
import type { ByteRange } from "@/lib/web/range";

/** What an answer is put together from: bytes that are at hand, or a range of the file. */
export type Piece = Buffer | ByteRange;

export function lengthOf(piece: Piece): number {
  return Buffer.isBuffer(piece) ? piece.length : piece.last - piece.first + 1;
}

/** Ranges that lie closer are read at once, with what lies between: a read costs more than copying. */
const mostGapBytes = 128 * 1024;
/** What the system takes in one call (IOV_MAX of Linux is 1024). */
const mostViews = 1000;
/** Where the bytes between go. Whoever writes here, nobody reads it. */
const ignored = Buffer.allocUnsafeSlow(mostGapBytes);

/** Reads pieces one after the other into whatever buffers it is given. */
export class PieceReader {
  readonly #file: FileHandle;
  readonly #pieces: Iterator<Piece>;
  #current: Piece | null = null;

  constructor(file: FileHandle, pieces: Iterable<Piece>) {
    this.#file = file;
    this.#pieces = pieces[Symbol.iterator]();
  }

  /**
   * Fills the buffer as far as there is something left.
   *
   * @returns how many bytes; 0 at the end; "truncated" when the file ends before a piece does.
   */
  async fill(buffer: Buffer): Promise<number | "truncated"> {
    let filled = 0;
    while (filled < buffer.length) {
      const piece = this.#next();
      if (!piece) break;
      if (Buffer.isBuffer(piece)) {
        const copied = piece.copy(buffer, filled);
        filled += copied;
        this.#current = piece.subarray(copied);
        continue;
      }
      const { views, position, bytes } = this.#gather(buffer, filled);
      if (!(await readExactly(this.#file, views, position))) return "truncated";
      filled += bytes;
    }
    return filled;
  }

  /** The piece that comes next; it stays in front until it is used up. */
  #next(): Piece | null {
    while (!this.#current || lengthOf(this.#current) <= 0) {
      const { done, value } = this.#pieces.next();
      if (done) return null;
      this.#current = value;
    }
    return this.#current;
  }

  /** Takes the ranges that one read brings, as far as they fit behind `filled`. */
  #gather(buffer: Buffer, filled: number): { views: Buffer[]; position: number; bytes: number } {
    const views: Buffer[] = [];
    let bytes = 0;
    let position = 0;
    let end = 0;
    while (views.length < mostViews && filled + bytes < buffer.length) {
      const range = this.#next();
      if (!range || Buffer.isBuffer(range)) break;
      if (views.length === 0) position = range.first;
      else {
        const gap = range.first - end;
        if (gap < 0 || gap > mostGapBytes) break;
        if (gap > 0) views.push(ignored.subarray(0, gap));
      }
      const length = Math.min(lengthOf(range), buffer.length - filled - bytes);
      views.push(buffer.subarray(filled + bytes, filled + bytes + length));
      bytes += length;
      end = range.first + length;
      this.#current = { first: end, last: range.last };
    }
    return { views, position, bytes };
  }
}

async function readExactly(file: FileHandle, views: Buffer[], position: number): Promise<boolean> {
  let left = views;
  let at = position;
  while (left.length > 0) {
    const [only] = left;
    const { bytesRead } =
      only && left.length === 1
        ? await file.read(only, 0, only.length, at)
        : await file.readv(left, at);
    if (bytesRead === 0) return false;
    at += bytesRead;
    left = behind(left, bytesRead);
  }
  return true;
}

/** The views without the bytes that are read already. */
function behind(views: Buffer[], read: number): Buffer[] {
  let skipped = 0;
  let rest = read;
  for (const view of views) {
    if (rest < view.length) break;
    rest -= view.length;
    skipped += 1;
  }
  const [partial, ...others] = views.slice(skipped);
  return partial ? [partial.subarray(rest), ...others] : [];
}
