/** A language of the benchmark and how its subtitles have been written. */
export interface BenchLanguage {
  /** BCP 47: what the decoder is told. */
  language: string;
  /** Folders below /usr/share/locale whose translations are in it. */
  locales: readonly string[];
  /** Encodings beside Unicode; sentences that one cannot hold are left out for it. */
  encodings: readonly string[];
}

const western = ["windows-1252", "iso-8859-1", "iso-8859-15", "cp850", "cp437"] as const;
const central = ["windows-1250", "iso-8859-2", "cp852"] as const;
const baltic = ["windows-1257", "iso-8859-13", "iso-8859-4"] as const;
const cyrillic = ["windows-1251", "iso-8859-5", "cp855"] as const;

export const benchLanguages: readonly BenchLanguage[] = [
  { language: "en", locales: ["en_GB"], encodings: western },
  { language: "de", locales: ["de"], encodings: western },
  { language: "fr", locales: ["fr"], encodings: western },
  { language: "es", locales: ["es"], encodings: western },
  { language: "ca", locales: ["ca"], encodings: western },
  { language: "gl", locales: ["gl"], encodings: western },
  { language: "eu", locales: ["eu"], encodings: western },
  { language: "pt", locales: ["pt"], encodings: western },
  { language: "pt-BR", locales: ["pt_BR"], encodings: western },
  { language: "it", locales: ["it"], encodings: western },
  { language: "nl", locales: ["nl"], encodings: western },
  { language: "sv", locales: ["sv"], encodings: western },
  { language: "da", locales: ["da"], encodings: [...western, "cp865"] },
  { language: "no", locales: ["nb"], encodings: [...western, "cp865"] },
  { language: "fi", locales: ["fi"], encodings: western },
  { language: "is", locales: ["is"], encodings: western },
  { language: "sq", locales: ["sq"], encodings: western },
  { language: "pl", locales: ["pl"], encodings: central },
  { language: "cs", locales: ["cs"], encodings: central },
  { language: "sk", locales: ["sk"], encodings: central },
  { language: "hu", locales: ["hu"], encodings: central },
  { language: "hr", locales: ["hr"], encodings: central },
  { language: "bs", locales: ["bs"], encodings: central },
  { language: "sl", locales: ["sl"], encodings: central },
  { language: "sr-Latn", locales: ["sr@latin"], encodings: central },
  { language: "ro", locales: ["ro"], encodings: [...central, "iso-8859-16"] },
  { language: "tr", locales: ["tr"], encodings: ["windows-1254", "iso-8859-9", "cp857"] },
  { language: "et", locales: ["et"], encodings: [...baltic, "windows-1252", "iso-8859-15"] },
  { language: "lv", locales: ["lv"], encodings: baltic },
  { language: "lt", locales: ["lt"], encodings: baltic },
  { language: "vi", locales: ["vi"], encodings: ["windows-1258"] },
  { language: "ru", locales: ["ru"], encodings: [...cyrillic, "koi8-r", "cp866"] },
  { language: "uk", locales: ["uk"], encodings: [...cyrillic, "koi8-u", "cp1125"] },
  { language: "be", locales: ["be"], encodings: cyrillic },
  { language: "bg", locales: ["bg"], encodings: [...cyrillic, "koi8-r", "cp866"] },
  { language: "mk", locales: ["mk"], encodings: cyrillic },
  { language: "sr", locales: ["sr"], encodings: cyrillic },
  { language: "el", locales: ["el"], encodings: ["windows-1253", "iso-8859-7", "cp737"] },
  { language: "he", locales: ["he"], encodings: ["windows-1255", "iso-8859-8", "cp862"] },
  { language: "ar", locales: ["ar"], encodings: ["windows-1256", "iso-8859-6"] },
  { language: "fa", locales: ["fa"], encodings: ["windows-1256"] },
  { language: "th", locales: ["th"], encodings: ["windows-874"] },
  { language: "ja", locales: ["ja"], encodings: ["shift_jis", "cp932", "euc-jp", "iso-2022-jp"] },
  { language: "ko", locales: ["ko"], encodings: ["euc-kr", "cp949"] },
  { language: "zh-CN", locales: ["zh_CN"], encodings: ["gb2312", "gbk", "gb18030"] },
  { language: "zh-TW", locales: ["zh_TW"], encodings: ["big5", "big5-hkscs"] },
  { language: "zh-HK", locales: ["zh_HK"], encodings: ["big5-hkscs"] },
  { language: "hi", locales: ["hi"], encodings: [] },
];
