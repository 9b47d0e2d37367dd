const spelled: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * A title as releases are named: Latin letters without accents, words between blanks, no
 * punctuation. Marks of other scripts stay, since they make other letters there.
 */
export function queryText(title: string): string {
  const plain = title
    .normalize("NFD")
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, "$1")
    .normalize("NFC")
    .replace(/[ßæÆœŒøØłŁđĐðþı]/g, (letter) => spelled[letter] ?? letter)
    .replace(/(?<=\p{L})['’ʼ`´](?=\p{L})/gu, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  // A title of nothing but signs is asked for as it is.
  return plain === "" ? title.trim() : plain;
}
