/**
 * ISO 639-1 and its ISO 639-2/T code, which is what MP4 and Matroska store
 * (https://www.loc.gov/standards/iso639-2/php/code_list.php).
 */
const threeLetters =
  "aa:aar ab:abk af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel " +
  "bg:bul bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu " +
  "cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus " +
  "fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv " +
  "ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo " +
  "ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz " +
  "kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug " +
  "li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar " +
  "ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav " +
  "ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh " +
  "rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk sl:slv sm:smo " +
  "sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha " +
  "ti:tir tk:tuk tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb " +
  "ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul";

const toThree = new Map(
  threeLetters.split(" ").map((pair): [string, string] => [pair.slice(0, 2), pair.slice(3)]),
);

/** Codes that say that nothing is said: undetermined, not linguistic, several, uncoded. */
const nothingSaid = new Set(["und", "zxx", "mul", "mis", "unk", ""]);

/** Which region or script a track's title names, for languages whose written forms differ. */
const regions: [string, RegExp, string][] = [
  ["pt", /brazil|brasil|\bpt-?br\b|\bbr\b/i, "pt-BR"],
  ["zh", /traditional|\bcht\b|hant|繁/i, "zh-TW"],
  ["zh", /simplified|\bchs\b|hans|简|簡體/i, "zh-CN"],
  ["es", /latin|latam|latino|\bes-?419\b/i, "es-419"],
];

/**
 * A stream's language as BCP 47, from the tag that its container has (ISO 639-2 B or T, or BCP 47
 * already) and what its title adds; null when it says nothing.
 */
export function languageOf(tag: string | undefined, title: string | null): string | null {
  const cleaned = (tag ?? "").trim().replaceAll("_", "-").toLowerCase();
  if (nothingSaid.has(cleaned)) return null;
  let language: string | undefined;
  try {
    // Node's own data knows the overlong and bibliographic codes: fre and fra are fr.
    language = Intl.getCanonicalLocales(cleaned)[0];
  } catch {
    return null;
  }
  // A primary language of 5 to 8 letters is somebody's word ("english"), not a code.
  if (!language || !/^[a-z]{2,3}(-|$)/.test(language)) return null;
  if (!title) return language;
  return regions.find(([plain, sign]) => plain === language && sign.test(title))?.[2] ?? language;
}

/** The ISO 639-2/T code of a BCP 47 tag, for writing into a file; `und` when there is none. */
export function isoLanguage(language: string | null): string {
  const primary = language?.split("-")[0] ?? "";
  return toThree.get(primary) ?? (/^[a-z]{3}$/.test(primary) ? primary : "und");
}
