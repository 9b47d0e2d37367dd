/** Names by the two bits of the header: ISO/IEC 11172-3, 2.4.2.3. */
const layers: Record<number, "mp1" | "mp2" | "mp3"> = { 3: "mp1", 2: "mp2", 1: "mp3" };

/**
 * Which layer of MPEG audio a track really is. An MP4 has one label for all three, and ffprobe
 * calls all of them MP3, but not every browser plays the others.
 *
 * @param hexDump the first packet as `ffprobe -show_data` prints it: lines of
 *   `00000000: fffd e4c4 …  text`.
 * @returns undefined when it does not begin with a header.
 */
export function mpegLayerOf(hexDump: string): "mp1" | "mp2" | "mp3" | undefined {
  const digits = /0000: ([0-9a-f]{4})/.exec(hexDump)?.[1];
  if (!digits) return undefined;
  const bits = Number.parseInt(digits, 16);
  // Eleven bits that are set, two for the version, two for the layer, one for the checksum.
  return bits >= 0xffe0 ? layers[(bits >> 1) & 3] : undefined;
}
