import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ByteRange, ifRangeHolds, parseRange, precondition } from "@/lib/web/range";
import { giveBuffer, takeBuffer } from "./buffers";
import { lengthOf, type Piece, PieceReader } from "./pieces";

export interface StreamTarget {
  /** What the entity tag is made from, together with length and time of the file. */
  versionId: string;
  /** Absolute path, from the database. */
  path: string;
  contentType: string;
  /** Set for a download: the file's name as people read it, with its ending. */
  downloadName?: string | undefined;
}

/** What is sent: the file itself, or something that is put together out of it. */
export interface Representation {
  sizeBytes: number;
  /** Strong, with its quotes. */
  etag: string;
  modifiedAt: Date;
  contentType: string;
  downloadName?: string | undefined;
  /** The bytes of a range, in order; exactly as many as the range has. */
  pieces(range: ByteRange): Iterable<Piece>;
}

/** How a stream ended; "missing" sends nothing: the caller answers 404 in its own form. */
export type StreamOutcome = "sent" | "aborted" | "missing";

/**
 * Answers GET or HEAD for a file with everything of RFC 9110 that players use: ranges (one or
 * several), If-Range, entity tags, Last-Modified, 206, 304, 412 and 416. The file is opened first,
 * so that headers and bytes are of the same file even when another is renamed over it meanwhile,
 * and it is closed whatever happens.
 *
 * @throws when the file cannot be read although it is there; headers may have been sent.
 */
export async function streamFile(
  request: IncomingMessage,
  response: ServerResponse,
  target: StreamTarget,
): Promise<StreamOutcome> {
  const outcome = await withFile(target.path, (file, { sizeBytes, mtimeNs, modifiedAt }) =>
    sendRepresentation(request, response, file, {
      ...{ sizeBytes, modifiedAt },
      etag: entityTag(`${target.versionId} ${sizeBytes} ${mtimeNs}`),
      contentType: target.contentType,
      downloadName: target.downloadName,
      pieces: (range) => [range],
    }),
  );
  return outcome ?? "missing";
}

/** What a file was like when it was opened. */
export interface OpenedFile {
  sizeBytes: number;
  mtimeNs: bigint;
  modifiedAt: Date;
}

/** Opens a file for as long as `use` takes. @returns null when there is none. */
export async function withFile<Result>(
  path: string,
  use: (file: FileHandle, opened: OpenedFile) => Promise<Result>,
): Promise<Result | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (!file) return null;
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile()) return null;
    const { mtimeNs, mtime: modifiedAt } = stat;
    return await use(file, { sizeBytes: Number(stat.size), mtimeNs, modifiedAt });
  } finally {
    await file.close();
  }
}

/** Strong: files are replaced by rename and never written in place. */
export function entityTag(facts: string): string {
  return `"${createHash("sha256").update(facts).digest("hex").slice(0, 32)}"`;
}

/** Answers GET or HEAD as `streamFile` describes it. @throws when the file cannot be read. */
export async function sendRepresentation(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  facts: Representation,
): Promise<StreamOutcome> {
  const { headers, method } = request;
  response.setHeader("ETag", facts.etag);
  response.setHeader("Last-Modified", facts.modifiedAt.toUTCString());
  response.setHeader("Accept-Ranges", "bytes");
  // no-cache: kept, but asked for again, since a person may have signed out. no-transform: bytes
  // of a range must arrive as they are.
  response.setHeader("Cache-Control", "private, no-cache, no-transform");
  response.setHeader("X-Content-Type-Options", "nosniff");

  const verdict = precondition(
    {
      ifMatch: headers["if-match"],
      ifUnmodifiedSince: headers["if-unmodified-since"],
      ifNoneMatch: headers["if-none-match"],
      ifModifiedSince: headers["if-modified-since"],
    },
    facts,
  );
  if (verdict !== "proceed") return empty(response, verdict === "failed" ? 412 : 304);

  if (facts.downloadName !== undefined) {
    response.setHeader("Content-Disposition", attachment(facts.downloadName));
  }
  // RFC 9110, 14.2: Range means something for GET only.
  const isAsked = method === "GET" && ifRangeHolds(headers["if-range"]?.toString(), facts);
  const range = parseRange(isAsked ? headers.range : undefined, facts.sizeBytes);
  if (range.kind === "unsatisfiable") {
    response.removeHeader("Content-Disposition");
    response.setHeader("Content-Range", `bytes */${facts.sizeBytes}`);
    return empty(response, 416);
  }

  const body = bodyOf(range.kind === "parts" ? range.parts : null, facts);
  response.statusCode = range.kind === "parts" ? 206 : 200;
  for (const [name, value] of Object.entries(body.headers)) response.setHeader(name, value);
  if (method === "HEAD") {
    response.end();
    return "sent";
  }
  return send(response, new PieceReader(file, filePieces(body.list, facts)));
}

function empty(response: ServerResponse, status: 304 | 412 | 416): StreamOutcome {
  response.statusCode = status;
  if (status !== 304) response.setHeader("Content-Length", 0);
  response.end();
  return "sent";
}

/** Text that stands between parts, and ranges of what is sent. */
function bodyOf(
  parts: ByteRange[] | null,
  { sizeBytes, contentType }: Representation,
): { headers: Record<string, string | number>; list: Piece[] } {
  const [single, ...others] = parts ?? [{ first: 0, last: sizeBytes - 1 }];
  if (!parts || (single && others.length === 0)) {
    const range = single ?? { first: 0, last: -1 };
    const contentRange = { "Content-Range": `bytes ${range.first}-${range.last}/${sizeBytes}` };
    return {
      headers: {
        "Content-Type": contentType,
        "Content-Length": lengthOf(range),
        ...(parts ? contentRange : {}),
      },
      list: [range],
    };
  }
  const boundary = randomBytes(15).toString("hex");
  const list: Piece[] = parts.flatMap((range, index) => [
    Buffer.from(
      `${index === 0 ? "" : "\r\n"}--${boundary}\r\nContent-Type: ${contentType}\r\n` +
        `Content-Range: bytes ${range.first}-${range.last}/${sizeBytes}\r\n\r\n`,
    ),
    range,
  ]);
  list.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  return {
    headers: {
      "Content-Type": `multipart/byteranges; boundary=${boundary}`,
      "Content-Length": list.reduce((sum, piece) => sum + lengthOf(piece), 0),
    },
    list,
  };
}

/** Ranges of what is sent, as pieces of the file that it is made from. */
function* filePieces(list: Piece[], facts: Representation): Generator<Piece> {
  for (const piece of list) {
    if (Buffer.isBuffer(piece)) yield piece;
    else if (lengthOf(piece) > 0) yield* facts.pieces(piece);
  }
}

/**
 * Writes the pieces: while one buffer is on its way to the socket the next is read into the other.
 * Each write is awaited, so that a slow reader costs two buffers and no more. When the client goes
 * away the reading stops; a buffer that a socket may still hold is left to the garbage collector
 * and never handed to another person's stream.
 */
async function send(response: ServerResponse, reader: PieceReader): Promise<StreamOutcome> {
  let isGone = response.destroyed;
  let leave = () => {};
  const gone = new Promise<"gone">((resolve) => {
    leave = () => {
      isGone = true;
      resolve("gone");
    };
  });
  response.once("close", leave);
  let current = takeBuffer();
  let spare = takeBuffer();
  let writing: Promise<"written" | "gone"> = Promise.resolve("written");
  let unsent = 0;
  const write = (chunk: Buffer) => {
    unsent += 1;
    const written = new Promise<"written" | "gone">((resolve) => {
      // Two arguments, not three: middleware around Next's server passes on no third.
      response.write(chunk, (error) => {
        unsent -= 1;
        resolve(error ? "gone" : "written");
      });
    });
    return Promise.race([written, gone]);
  };

  try {
    for (;;) {
      const filled = await reader.fill(current);
      if (isGone || (await writing) === "gone") return "aborted";
      if (filled === "truncated") {
        // The file is shorter than it was: what was promised cannot be kept, and a broken
        // connection says so where an early end would pass for the whole.
        response.destroy();
        return "aborted";
      }
      if (filled === 0) break;
      writing = write(current.subarray(0, filled));
      [current, spare] = [spare, current];
    }
    response.end();
    return "sent";
  } finally {
    response.off("close", leave);
    if (unsent === 0) {
      giveBuffer(current);
      giveBuffer(spare);
    }
  }
}

/** RFC 6266: a plain name for old clients and the real one in UTF-8. */
function attachment(name: string): string {
  // Through bytes, since half a surrogate pair cannot be encoded.
  const whole = Buffer.from(name).toString();
  const clean = whole.replace(/[\s\p{Cc}/\\:*?"<>|]+/gu, " ").trim() || "movie.mp4";
  const plain = clean
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\x20-\x7e]+/g, "_")
    .replace(/[%;]/g, "_");
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
