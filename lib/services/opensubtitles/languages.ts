/**
 * Between BCP 47 and OpenSubtitles' own codes, which are ISO 639-1 but for these. Requests want
 * lower case, answers mix (`pt-BR`, `zh-CN`).
 */
const toService: Record<string, readonly string[]> = {
  // Bare `pt` and `zh` are not codes there.
  pt: ["pt-br", "pt-pt"],
  "pt-br": ["pt-br"],
  "pt-pt": ["pt-pt"],
  zh: ["zh-cn", "zh-tw"],
  "zh-cn": ["zh-cn"],
  "zh-sg": ["zh-cn"],
  "zh-hans": ["zh-cn"],
  "zh-tw": ["zh-tw"],
  "zh-hk": ["zh-tw"],
  "zh-hant": ["zh-tw"],
  "es-419": ["ea"],
  "es-mx": ["ea"],
  nb: ["no"],
  nn: ["no"],
  fil: ["tl"],
  iw: ["he"],
  cnr: ["me"],
  ast: ["at"],
  mni: ["ma"],
  syr: ["sy"],
};

const fromService: Record<string, string> = {
  "pt-br": "pt-BR",
  "pt-pt": "pt-PT",
  "zh-cn": "zh-CN",
  "zh-tw": "zh-TW",
  // Chinese with a second language under it.
  ze: "zh",
  ea: "es-419",
  me: "cnr",
  at: "ast",
  ma: "mni",
  sy: "syr",
};

/** OpenSubtitles' codes for a language, such as `["pt-br", "pt-pt"]` for `pt`. */
export function serviceCodesOf(language: string): readonly string[] {
  const lower = language.toLowerCase();
  const base = lower.split("-")[0] ?? lower;
  return toService[lower] ?? toService[base] ?? [base];
}

/** BCP 47 of a code in an answer; `und` when there is none. */
export function languageOf(code: string | null | undefined): string {
  if (!code) return "und";
  const lower = code.toLowerCase();
  return fromService[lower] ?? lower;
}
