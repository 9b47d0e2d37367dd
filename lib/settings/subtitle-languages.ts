/** Languages that subtitles are commonly made in, as BCP 47 (with a region where it matters). */
const offered =
  "ar bg bn bs ca cs da de el en eo es et eu fa fi fr gl he hi hr hu hy id is it ja ka kk ko lt lv mk ml ms nl no pl pt pt-BR ro ru si sk sl sq sr sv ta te th tl tr uk ur vi zh-CN zh-TW".split(
    " ",
  );

/** Languages to choose from, named and sorted in the reader's language. */
export function subtitleLanguageNames(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "language", languageDisplay: "standard" });
  const { compare } = new Intl.Collator(locale);
  return offered
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => compare(a.name, b.name));
}
