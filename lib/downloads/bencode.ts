/** Where a value stands in the bytes it was read from: `bytes.subarray(start, end)` is its raw form. */
interface Span {
  start: number;
  end: number;
}

export type Bencoded = Span &
  (
    | { kind: "integer"; value: number }
    | { kind: "bytes"; value: Uint8Array }
    | { kind: "list"; items: Bencoded[] }
    /** Keys as latin1 text: byte for byte what stands in the file. */
    | { kind: "dictionary"; entries: Map<string, Bencoded> }
  );

export type BencodeFault = "truncated" | "malformed" | "too-deep" | "too-many";

/** The bytes are not one bencoded value. */
export class BencodeError extends Error {
  constructor(readonly fault: BencodeFault) {
    super(`bencode is ${fault}`);
    this.name = "BencodeError";
  }
}

/** Folders in folders: nobody nests deeper, and the reader calls itself once a level. */
const maxDepth = 100;
/** About six values a file: enough for more files than are taken, and a bound on memory. */
const maxValues = 200_000;

const letter = { i: 0x69, l: 0x6c, d: 0x64, e: 0x65, colon: 0x3a, minus: 0x2d, zero: 0x30 };
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

/**
 * Reads the first bencoded value (BEP 3) and remembers where every value stands, since an
 * info-hash is taken over the raw bytes of a part. What follows the value is ignored, as
 * BitTorrent clients do. Dictionaries may be unsorted (old files are) but not ambiguous.
 *
 * @throws BencodeError
 */
export function readBencode(bytes: Uint8Array): Bencoded {
  return new Reader(bytes).value(0);
}

class Reader {
  #at = 0;
  #values = 0;

  constructor(readonly bytes: Uint8Array) {}

  value(depth: number): Bencoded {
    if (depth > maxDepth) throw new BencodeError("too-deep");
    this.#values += 1;
    if (this.#values > maxValues) throw new BencodeError("too-many");
    const start = this.#at;
    const first = this.#peek();
    if (first === letter.i) {
      this.#at += 1;
      return { kind: "integer", value: this.#number(letter.e, true), start, end: this.#at };
    }
    if (first === letter.l) {
      this.#at += 1;
      const items: Bencoded[] = [];
      while (this.#peek() !== letter.e) items.push(this.value(depth + 1));
      this.#at += 1;
      return { kind: "list", items, start, end: this.#at };
    }
    if (first === letter.d) {
      this.#at += 1;
      const entries = new Map<string, Bencoded>();
      while (this.#peek() !== letter.e) {
        const key = Buffer.from(this.#string()).toString("latin1");
        if (entries.has(key)) throw new BencodeError("malformed");
        entries.set(key, this.value(depth + 1));
      }
      this.#at += 1;
      return { kind: "dictionary", entries, start, end: this.#at };
    }
    const value = this.#string();
    return { kind: "bytes", value, start, end: this.#at };
  }

  #peek(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new BencodeError("truncated");
    return byte;
  }

  #string(): Uint8Array {
    if (!isDigit(this.#peek())) throw new BencodeError("malformed");
    const length = this.#number(letter.colon, false);
    const start = this.#at;
    if (start + length > this.bytes.length) throw new BencodeError("truncated");
    this.#at += length;
    return this.bytes.subarray(start, this.#at);
  }

  /** Decimal digits up to `end`, which is passed too. One spelling only: no `-0`, no `007`. */
  #number(end: number, mayBeNegative: boolean): number {
    const isNegative = mayBeNegative && this.#peek() === letter.minus;
    if (isNegative) this.#at += 1;
    const start = this.#at;
    let value = 0;
    for (let byte = this.#peek(); byte !== end; byte = this.#peek()) {
      if (!isDigit(byte)) throw new BencodeError("malformed");
      value = value * 10 + (byte - letter.zero);
      if (value > Number.MAX_SAFE_INTEGER) throw new BencodeError("malformed");
      this.#at += 1;
    }
    const digits = this.#at - start;
    const leadsWithZero = this.bytes[start] === letter.zero;
    if (digits === 0 || (leadsWithZero && (digits > 1 || isNegative))) {
      throw new BencodeError("malformed");
    }
    this.#at += 1;
    return isNegative ? -value : value;
  }
}

/** The entry `key` of a dictionary when it is of that kind. */
export function entryOf<Kind extends Bencoded["kind"]>(
  of: Bencoded | undefined,
  key: string,
  kind: Kind,
): Extract<Bencoded, { kind: Kind }> | undefined {
  if (of?.kind !== "dictionary") return undefined;
  const entry = of.entries.get(key);
  return entry?.kind === kind ? (entry as Extract<Bencoded, { kind: Kind }>) : undefined;
}
