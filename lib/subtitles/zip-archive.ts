import { crc32, inflateRawSync } from "node:zlib";

/** A file within an archive, as its central directory tells. */
export interface ZipEntry {
  name: string;
  isEncrypted: boolean;
  /** 0 stored, 8 deflated; others are not read. */
  method: number;
  checksum: number;
  packedBytes: number;
  unpackedBytes: number;
  headerAt: number;
}

/** An archive that does not hold together, or holds more than it may. */
export class ZipFault extends Error {}

const directoryEndBytes = 22;
const entryBytes = 46;
const headerBytes = 30;
const longestComment = 0xffff;
/** More than an archive with a subtitle has; a directory of millions is a trap. */
const mostEntries = 2000;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function directoryEnd(view: DataView): number {
  const last = view.byteLength - directoryEndBytes;
  for (let at = last; at >= 0 && at >= last - longestComment; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new ZipFault("no end of central directory");
}

/**
 * The files of a zip archive (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16; archives in parts and Zip64
 * are refused: no subtitle has 4 GB). Folders are left out.
 *
 * @throws ZipFault when the directory is damaged or far too long.
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  try {
    const end = directoryEnd(view);
    const count = view.getUint16(end + 10, true);
    if (count > mostEntries) throw new ZipFault("too many files");
    let at = view.getUint32(end + 16, true);
    const entries: ZipEntry[] = [];
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new ZipFault("no entry where one is said");
      const nameBytes = view.getUint16(at + 28, true);
      const name = Buffer.from(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes));
      entries.push({
        name: name.toString("utf8"),
        isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        checksum: view.getUint32(at + 16, true),
        packedBytes: view.getUint32(at + 20, true),
        unpackedBytes: view.getUint32(at + 24, true),
        headerAt: view.getUint32(at + 42, true),
      });
      at += entryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return entries.filter(({ name }) => !name.endsWith("/"));
  } catch (error) {
    if (error instanceof RangeError) throw new ZipFault("cut off");
    throw error;
  }
}

/**
 * Unpacks one file, at most `mostBytes` of it, whatever its header promises.
 *
 * @throws ZipFault when it is damaged, packed in another way, encrypted or larger.
 */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry, mostBytes: number): Uint8Array {
  if (entry.isEncrypted || entry.unpackedBytes > mostBytes) throw new ZipFault("not to be read");
  const view = viewOf(bytes);
  let content: Uint8Array;
  try {
    const at = entry.headerAt;
    if (view.getUint32(at, true) !== 0x04034b50) throw new ZipFault("no file where one is said");
    // The lengths of name and extra field may differ from those in the directory.
    const from = at + headerBytes + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const packed = bytes.subarray(from, from + entry.packedBytes);
    if (entry.method === 0) content = packed;
    else if (entry.method === 8) content = inflateRawSync(packed, { maxOutputLength: mostBytes });
    else throw new ZipFault(`method ${entry.method}`);
  } catch (error) {
    // zlib's errors are about the bytes, too: damaged, cut off, or more than may come out.
    throw error instanceof ZipFault ? error : new ZipFault("damaged");
  }
  if (crc32(content) !== entry.checksum) throw new ZipFault("checksum");
  return content;
}
