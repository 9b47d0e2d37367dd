import { type Box, boxAt, boxesIn } from "./boxes";

/** Bytes between the header of a picture's sample entry and the boxes in it. */
const visualEntryBytes = 78;
/** The same for sound: ISO's form and QuickTime's versions 1 and 2. */
const audioEntryBytes = [28, 44, 64];

/**
 * The name of a codec with profile and level (RFC 6381), as playlists carry it, read from the
 * track's own sample description.
 *
 * @param stsd the whole box, with one entry.
 * @returns null where there is no such name, or what it is made of is missing.
 */
export function codecString(stsd: Buffer): string | null {
  if (stsd.length < 24) return null;
  const [entry] = boxesIn(stsd, 16, stsd.length);
  if (!entry) return null;
  const body = (type: string): Buffer | null => configuration(stsd, entry, type);
  switch (entry.type) {
    case "avc1":
    case "avc3":
      return avc(entry.type, body("avcC"));
    case "hvc1":
    case "hev1":
      return hevc(entry.type, body("hvcC"));
    case "vp09":
      return vp9(body("vpcC"));
    case "av01":
      return av1(body("av1C"));
    case "mp4a":
      return mpegAudio(body("esds"));
    case ".mp3":
      return "mp3";
    case "Opus":
      return "opus";
    case "fLaC":
    case "ac-3":
    case "ec-3":
      return entry.type;
    default:
      return null;
  }
}

/** The content of a configuration box, wherever this form of sample entry keeps it. */
function configuration(stsd: Buffer, entry: Box, type: string): Buffer | null {
  const isSound = type === "esds";
  for (const headBytes of isSound ? audioEntryBytes : [visualEntryBytes]) {
    const inner: Box = { ...entry, bodyStart: entry.bodyStart + headBytes };
    if (inner.bodyStart + 8 > inner.end) continue;
    try {
      const found = boxAt(stsd, inner, type) ?? boxAt(stsd, inner, "wave", type);
      if (found) return stsd.subarray(found.bodyStart, found.end);
    } catch {
      // The boxes begin elsewhere in this form.
    }
  }
  return null;
}

const hex = (value: number) => value.toString(16).padStart(2, "0");

/** ISO/IEC 14496-15, 5.3.3: profile, constraint flags, level. */
function avc(entry: string, config: Buffer | null): string | null {
  if (!config || config.length < 4) return null;
  return `${entry}.${hex(config[1] ?? 0)}${hex(config[2] ?? 0)}${hex(config[3] ?? 0)}`;
}

/** ISO/IEC 14496-15, annex E.3. */
function hevc(entry: string, config: Buffer | null): string | null {
  if (!config || config.length < 13) return null;
  const general = config[1] ?? 0;
  const space = ["", "A", "B", "C"][general >> 6] ?? "";
  let compatibility = config.readUInt32BE(2);
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1, compatibility >>>= 1) {
    reversed = ((reversed << 1) | (compatibility & 1)) >>> 0;
  }
  const constraints = [...config.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    entry,
    `${space}${general & 0x1f}`,
    reversed.toString(16).toUpperCase(),
    `${general & 0x20 ? "H" : "L"}${config[12]}`,
    ...constraints.map((value) => hex(value).toUpperCase()),
  ].join(".");
}

/** "VP Codec ISO Media File Format Binding", version and flags first. */
function vp9(config: Buffer | null): string | null {
  if (!config || config.length < 7) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  return `vp09.${two(config[4] ?? 0)}.${two(config[5] ?? 0)}.${two((config[6] ?? 0) >> 4)}`;
}

/** "AV1 Codec ISO Media File Format Binding", section 5. */
function av1(config: Buffer | null): string | null {
  if (!config || config.length < 4) return null;
  const [, profileAndLevel = 0, flags = 0] = config;
  const level = String(profileAndLevel & 0x1f).padStart(2, "0");
  const depth = flags & 0x40 ? (flags & 0x20 ? "12" : "10") : "08";
  return `av01.${profileAndLevel >> 5}.${level}${flags & 0x80 ? "H" : "M"}.${depth}`;
}

/** ISO/IEC 14496-1, 7.2.6: object type and, for AAC, the audio object type of 14496-3, 1.6. */
function mpegAudio(config: Buffer | null): string | null {
  if (!config) return null;
  let at = 4;
  /** Steps over a tag and its length, which takes one to four bytes. */
  const open = (tag: number): boolean => {
    if (config[at] !== tag) return false;
    at += 1;
    for (let count = 0; count < 4; count += 1) {
      const byte = config[at] ?? 0;
      at += 1;
      if ((byte & 0x80) === 0) break;
    }
    return true;
  };
  if (!open(3)) return null;
  const flags = config[at + 2] ?? 0;
  at += 3;
  if (flags & 0x80) at += 2;
  if (flags & 0x40) at += 1 + (config[at] ?? 0);
  if (flags & 0x20) at += 2;
  if (!open(4)) return null;
  const objectType = config[at] ?? 0;
  if (objectType !== 0x40) return `mp4a.${hex(objectType)}`;
  at += 13;
  if (!open(5)) return "mp4a.40.2";
  const first = config[at] ?? 0;
  const escaped = 32 + (((first & 7) << 3) | ((config[at + 1] ?? 0) >> 5));
  return `mp4a.40.${first >> 3 === 31 ? escaped : first >> 3}`;
}
