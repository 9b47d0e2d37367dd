import { type FileHandle, open } from "node:fs/promises";

/** The outermost boxes of an MP4 or QuickTime file (ISO/IEC 14496-12, 4.2). */
export interface Mp4Layout {
  /** True when the index (moov) stands before the samples (mdat): it plays while it loads. */
  isFastStart: boolean;
  /** True when it is cut into fragments (moof). */
  isFragmented: boolean;
  /** True when a box reaches beyond the end of the file, or the index is not there. */
  isTruncated: boolean;
  /** Such as `isom` or `qt  `; null for files older than that box. */
  majorBrand: string | null;
}

/** Far more than a film has, fragmented ones aside, whose first boxes tell enough. */
const maxBoxes = 2000;

/** Walks the outermost boxes without reading what is in them. @throws when it cannot be opened. */
export async function readMp4Layout(path: string): Promise<Mp4Layout> {
  const file = await open(path, "r");
  try {
    return await walk(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

async function walk(file: FileHandle, sizeBytes: number): Promise<Mp4Layout> {
  const header = Buffer.alloc(16);
  let majorBrand: string | null = null;
  let moovAt = -1;
  let mdatAt = -1;
  let isFragmented = false;
  let isTruncated = false;
  let offset = 0;
  for (let count = 0; count < maxBoxes && offset + 8 <= sizeBytes; count++) {
    const { bytesRead } = await file.read(header, 0, 16, offset);
    if (bytesRead < 8) break;
    const type = header.toString("latin1", 4, 8);
    let length = header.readUInt32BE(0);
    if (length === 1 && bytesRead === 16) length = Number(header.readBigUInt64BE(8));
    // Zero: to the end of the file.
    else if (length === 0) length = sizeBytes - offset;
    // Rubbish after the last box: players stop here too.
    if (length < 8) break;
    if (type === "ftyp" && bytesRead >= 12) majorBrand = header.toString("latin1", 8, 12);
    if (type === "moov" && moovAt < 0) moovAt = offset;
    if (type === "mdat" && mdatAt < 0) mdatAt = offset;
    if (type === "moof") isFragmented = true;
    offset += length;
    if (offset > sizeBytes && ["mdat", "moov", "moof"].includes(type)) isTruncated = true;
  }
  return {
    isFastStart: moovAt >= 0 && (mdatAt < 0 || moovAt < mdatAt),
    isFragmented,
    isTruncated: isTruncated || moovAt < 0,
    majorBrand,
  };
}
