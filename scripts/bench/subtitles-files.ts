/** A number between 0 and 1 that only depends on the seed and how often it was asked (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const clock = (seconds: number) =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");

/** A SubRip file of so many cues, each of one or two of the sentences; the same for a seed. */
export function subtitleOf(sentences: readonly string[], cueCount: number, seed: number): string {
  const next = numbers(seed);
  const pick = () => sentences[Math.floor(next() * sentences.length)] ?? "";
  let text = "";
  for (let index = 0; index < cueCount; index += 1) {
    const words = next() < 0.3 ? `- ${pick()}\r\n- ${pick()}` : pick();
    text += `${index + 1}\r\n${clock(index * 3)},000 --> ${clock(index * 3 + 2)},500\r\n${words}\r\n\r\n`;
  }
  return text;
}
