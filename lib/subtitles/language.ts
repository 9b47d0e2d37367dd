const scripts: Record<string, string> = {
  "zh-cn": "zh-hans",
  "zh-sg": "zh-hans",
  "zh-my": "zh-hans",
  "zh-tw": "zh-hant",
  "zh-hk": "zh-hant",
  "zh-mo": "zh-hant",
};

/**
 * How well a subtitle's language serves a wanted one: 2 exactly, 1 when one of both names no
 * region, 0 when the regions differ or the language does. `zh-TW` and `zh-Hant` are the same.
 */
export function languageFit(wanted: string, given: string): 0 | 1 | 2 {
  const [a, b] = [wanted, given].map((tag) => {
    const lower = tag
      .toLowerCase()
      .replace(/^(nb|nn)(?=-|$)/, "no")
      .replace(/^iw(?=-|$)/, "he");
    return scripts[lower] ?? lower;
  });
  if (a === b) return 2;
  const [baseA, ...restA] = (a ?? "").split("-");
  const [baseB, ...restB] = (b ?? "").split("-");
  if (baseA !== baseB || baseA === "und") return 0;
  return restA.length === 0 || restB.length === 0 ? 1 : 0;
}
