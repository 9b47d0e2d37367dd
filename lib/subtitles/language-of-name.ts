export interface LanguageHint {
  /** BCP 47; null when the name says nothing. */
  language: string | null;
  /** Only what is foreign in the movie, for people who understand the rest. */
  forced: boolean;
  /** With sounds and speakers, for people who are hard of hearing. */
  hearingImpaired: boolean;
}

// ISO 639-1 codes of the languages that subtitles are found in.
const codes =
  "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk km kn ko ku lt lv mk ml mn mr ms my nb ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh".split(
    " ",
  );

// What names and tags say otherwise than by code or by the language's name.
const otherNames: Record<string, string> = {
  ptbr: "pt-BR",
  pob: "pt-BR",
  pb: "pt-BR",
  brazilian: "pt-BR",
  brasileiro: "pt-BR",
  ptpt: "pt-PT",
  european: "pt-PT",
  chs: "zh-Hans",
  sc: "zh-Hans",
  gb: "zh-Hans",
  simplified: "zh-Hans",
  cht: "zh-Hant",
  tc: "zh-Hant",
  big5: "zh-Hant",
  traditional: "zh-Hant",
  zhcn: "zh-CN",
  zhtw: "zh-TW",
  cantonese: "zh-HK",
  mandarin: "zh",
  latino: "es-419",
  latam: "es-419",
  latinamerican: "es-419",
  spl: "es-419",
  castilian: "es-ES",
  castellano: "es-ES",
  canadian: "fr-CA",
  farsi: "fa",
  flemish: "nl-BE",
  iw: "he",
  scr: "hr",
  scc: "sr",
  mol: "ro",
  srpski: "sr",
  greek: "el",
  norwegian: "no",
  burmese: "my",
};

// Shorter than a language's name, and words of titles: only alone, or at the end of a name.
const wordLike = new Set([
  "sc",
  "tc",
  "gb",
  "pb",
  "iw",
  "european",
  "canadian",
  "traditional",
  "simplified",
]);

let names: Map<string, string> | undefined;

/** Names, native names and three-letter codes (ISO 639-2, B and T) by the data in Node. */
function knownNames(): Map<string, string> {
  if (names) return names;
  names = new Map();
  const english = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  for (const code of codes) {
    const native = new Intl.DisplayNames([code], { type: "language", fallback: "none" });
    for (const name of [english.of(code), native.of(code)]) {
      const key = name?.normalize("NFC").toLowerCase().replaceAll(/[\s-]/g, "");
      if (key && key.length > 2) names.set(key, code);
    }
  }
  for (const [name, code] of Object.entries(otherNames)) names.set(name, code);
  return names;
}

/** A region or script that distinguishes written forms, as it stands behind a code. */
const regionPattern = /^(br|pt|cn|tw|hk|sg|hans|hant|419|mx|es|ca|us|gb|uk|latn|cyrl)$/;

function canonical(tag: string): string | null {
  try {
    const language = Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0] ?? "";
    const base = language.split("-")[0] ?? "";
    return codes.includes(base) || base.length === 3 ? language : null;
  } catch {
    return null;
  }
}

const threeLetters = /^[a-z]{3}$/;

/** The language that one word of a name says, by code or by name. */
function languageOfWord(word: string): string | null {
  if (codes.includes(word)) return word;
  const named = knownNames().get(word);
  if (named) return named;
  if (!threeLetters.test(word)) return null;
  const language = canonical(word);
  // Node turns `eng` and `ger` into `en` and `de`; what stays three letters long is some word.
  return language && codes.includes(language) ? language : null;
}

/**
 * The language of a stream's tag (ISO 639-1, 639-2 B or T, BCP 47, or a name in words) with what its
 * title adds: `por` and "Brazilian" is pt-BR. Null when neither says.
 */
export function languageOfTag(
  tag: string | null | undefined,
  title?: string | null,
): string | null {
  const cleaned = (tag ?? "").trim().toLowerCase().replaceAll("_", "-");
  const isSaid = cleaned !== "" && !["und", "mul", "zxx", "mis", "unk", "qaa"].includes(cleaned);
  const tagged = isSaid
    ? (languageOfWord(cleaned.replaceAll("-", "")) ?? canonical(cleaned))
    : null;
  const fromTitle = title ? languageOfFileName(title).language : null;
  if (!tagged) return fromTitle;
  const sameBase = fromTitle?.split("-")[0] === tagged.split("-")[0];
  return sameBase && !tagged.includes("-") ? fromTitle : tagged;
}

const forcedWords = new Set(["forced", "foreign", "foreignparts", "forcees", "forces"]);
const impairedWords = new Set(["sdh", "hi", "cc", "hoh", "hearing", "impaired", "deaf"]);

function readWords(words: string[], isWhole: boolean): LanguageHint {
  const hint: LanguageHint = { language: null, forced: false, hearingImpaired: false };
  let place = words.length;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? "";
    const before = words[at - 1] ?? "";
    // Codes of two letters are words of titles, too: they count alone and at the end.
    const isAtEnd = at === place - 1 || isWhole;
    if (forcedWords.has(word)) {
      hint.forced = true;
      if (at === place - 1) place = at;
      continue;
    }
    if (impairedWords.has(word) && !(word === "hi" && !isAtEnd)) {
      // `hi` is Hindi where no other language is named: that is settled below.
      hint.hearingImpaired = true;
      if (at === place - 1) place = at;
      continue;
    }
    if (hint.language) continue;
    const needsEnd = word.length <= 2 || wordLike.has(word);
    if (regionPattern.test(word) && codes.includes(before) && (at === place - 1 || isWhole)) {
      hint.language = canonical(`${before}-${word === "uk" ? "gb" : word}`);
      at -= 1;
    } else if (!needsEnd || isAtEnd) {
      const two = languageOfWord(before + word);
      if (two && before.length > 2 && word.length > 2) hint.language = two;
      else hint.language = languageOfWord(word);
    }
  }
  if (
    !hint.language &&
    hint.hearingImpaired &&
    words.includes("hi") &&
    !words.some((word) => word !== "hi" && impairedWords.has(word))
  ) {
    return { ...hint, language: "hi", hearingImpaired: false };
  }
  return refine(hint, words);
}

/** "Portuguese (Brazilian)", "Chinese Traditional", "Spanish Latin American": the rest says which. */
function refine(hint: LanguageHint, words: string[]): LanguageHint {
  const said = new Set(words);
  const has = (...given: string[]) => given.some((word) => said.has(word));
  let { language } = hint;
  if (
    (language === "pt" || language === null) &&
    has("brazilian", "brazil", "brasil", "brasileiro")
  )
    language = "pt-BR";
  else if (language === "pt" && has("european", "portugal", "iberian")) language = "pt-PT";
  else if (language === "zh" && has("traditional", "hant", "cht", "tw")) language = "zh-Hant";
  else if (language === "zh" && has("simplified", "hans", "chs", "cn")) language = "zh-Hans";
  else if (language === "es" && has("latin", "latino", "latinoamericano", "latam"))
    language = "es-419";
  else if (language === "fr" && has("canadian", "canada")) language = "fr-CA";
  return { ...hint, language };
}

const wordsOfName = (name: string) =>
  name
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");

/**
 * What a subtitle's file name says: `Movie.2010.pt-BR.srt`, `2_English.srt`, `Subs/eng/3.srt`,
 * `Movie.en.forced.srt`, `English [SDH].srt`.
 *
 * @param path with its folders, which may name the language, too.
 * @param options.videoName the movie's file name: what both begin with is no language.
 */
export function languageOfFileName(
  path: string,
  options: { videoName?: string | null | undefined } = {},
): LanguageHint {
  const segments = path.split(/[\\/]/);
  const stem = (segments.pop() ?? "").replace(
    /\.(srt|ass|ssa|vtt|sub|smi|sami|ttml|dfxp|xml|txt|sup|idx)$/i,
    "",
  );
  let own = wordsOfName(stem);
  const video = wordsOfName((options.videoName ?? "").replace(/\.[a-z0-9]{2,4}$/i, ""));
  const isPrefixed = video.length > 0 && video.every((word, at) => own[at] === word);
  if (isPrefixed) own = own.slice(video.length);
  // A bare number in front counts the tracks: `3_French.srt`.
  const words = own.filter((word) => !/^\d{1,2}$/.test(word) || word.length > 2);
  const hint = readWords(words, isPrefixed || words.length === 1);
  for (const folder of segments.reverse()) {
    if (hint.language) break;
    const folderWords = wordsOfName(folder);
    if (folderWords.length <= 2) hint.language = readWords(folderWords, true).language;
  }
  return hint;
}
