export interface NamedTrack {
  /** BCP 47. */
  language: string | null;
  title: string | null;
  /** Made of another track, with dialogue lifted. */
  isClearVoice?: boolean;
}

/**
 * What sound tracks are called in a menu: the language in the reader's own, with the track's title
 * where it says more, as `English (Commentary)`. No two are the same.
 *
 * @param words.locale the reader's, BCP 47.
 * @param words.unknown what stands for a language that nobody knows.
 * @param words.clearVoice what a track with lifted dialogue is called, made of its plain name.
 */
export function audioNames(
  tracks: readonly NamedTrack[],
  words: { locale: string; unknown: string; clearVoice: (language: string) => string },
): string[] {
  const names = new Intl.DisplayNames([words.locale], { type: "language" });
  const used = new Set<string>();
  return tracks.map(({ language, title, isClearVoice }) => {
    const spoken = languageName(names, language);
    const plain = title?.trim() || null;
    const says = (text: string) => plain?.toLocaleLowerCase() === text.toLocaleLowerCase();
    const given =
      spoken === null
        ? (plain ?? words.unknown)
        : plain === null || says(spoken)
          ? spoken
          : `${spoken} (${plain})`;
    const base = isClearVoice ? words.clearVoice(given) : given;
    let name = base;
    for (let count = 2; used.has(name); count += 1) name = `${base} ${count}`;
    used.add(name);
    return name;
  });
}

function languageName(names: Intl.DisplayNames, language: string | null): string | null {
  if (language === null || language === "und") return null;
  try {
    return names.of(language) ?? language;
  } catch {
    // Not a tag at all: what it says is still more than nothing.
    return language;
  }
}
