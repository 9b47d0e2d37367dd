import type { Cue } from "./cue";
import { plainText } from "./markup";

interface Rule {
  /** What the rule takes for an advertisement, for whoever reads a test that fails. */
  about: string;
  /** Matched against one line, lower case, single blanks. */
  line: RegExp;
  /** What makes it dialogue all the same. */
  unless?: RegExp;
  /** `anywhere`: nobody says it in a movie. `edges`: only in the first and last cues counts. */
  where: "anywhere" | "edges";
}

const topDomains =
  "com|org|net|info|tv|me|cc|co|io|to|ag|am|mx|lt|is|se|eu|ru|pl|gr|fr|de|it|es|hu|cz|sk|ro|br|cn|xyz|site|club|link|live|ws";
// Names that are no words may be written with blanks around the dot to get past filters.
const madeUpSites = "open ?subtitles|addic7ed|subscene|podnapisi|yify(?:subtitles)?";
const otherSites =
  "yts|titlovi|titulky|napiprojekt|napisy24|subdl|subtitlecat|divxplanet|turkcealtyazi|planetdp|legendas(?:tv|brasil)?|argenteam|subdivx|tusubtitulo|opensubs|subs4free|greeksubs|subtitles4you|moviesubtitles|tvsubtitles|subf2m|ondertitel|feliratok|zimuku|assrt|subhd";

const madeIt =
  "subtitles?|subs?|captions?|captioned|transcript|transcription|subtitled|synced|sync|re-?sync(?:ed)?|synchroni[sz]ed|corrected|corrections|ripped|timed|translated|translation|translator";
const whose =
  "english|french|german|spanish|italian|dutch|turkish|arabic|portuguese|brazilian|swedish|danish|norwegian|finnish|polish|greek|original|movie|all";
const madeItElsewhere =
  "altyazı|çeviri|çevirmen|çeviren|senkron|untertitel|übersetzung|übersetzt von|sous-titres?|sous-titrage|traduction|traduit par|subtítulos?|traducción|traducido por|sincronización|corregido por|legendas?|tradução|tradutor|revisão|sincronia|legendado por|sottotitoli|traduzione|tradotto da|revisione|napisy|tłumaczenie|korekta|dopasowanie|vertaling|ondertiteling|vertaald door|undertexter|översättning|oversættelse|tekstning|oversettelse|suomennos|käännös|tekstitys|překlad|titulky|preklad|fordította|felirat|traducerea|traducere|subtitrare|subtitrarea|titlovi|prijevod|prevod|превод|субтитры|перевод|переклад|субтитри|υπότιτλοι|μετάφραση|תרגום|ترجمة|ترجمه|زیرنویس|字幕|翻译|翻譯|校对|时间轴|자막";

// What follows "by" in dialogue, and never in a credit.
const nobody =
  "the|an?|my|your|his|her|our|their|who|whom|what|hand|heart|accident|mistake|now|then|noon|tomorrow|tonight|me|him|them|us|you|it|itself|all|no one|nobody|law|force";
// Behind the colon of a credit stand names; three words and a full stop are somebody speaking.
const saysSomething = /[:：] ?\S+(?: \S+){2,}[.?!…]["'”»)]?$|[:：].{4,}[。？！]$/;

// "Support us and become VIP member", "Advertise your product or brand here" in other languages:
// three things that nobody says in one breath.
const supportUs =
  "support us|soutenez|soutiens|apóya|ayúda|apoi|ajude|support(?:a|ate)ci|sostien|unterstütz|steun ons|wesprzyj|destek|sprijin|susține|susţine|podpo[řrd]|podrži|podprite|támogas|támogat|støt(?:t)? oss|støt os|stöd oss|tue meitä|поддерж|підтрим|подкреп|υποστηρ|תמכו|ادعم|支持我们|支持我們";
const advertise =
  "advertis|publici|pubblici|anunci|faites de la pub|werb|adverte|adverteer|reklam|reclam|annons|hirde|mainos|oglas|рекла|διαφημ|宣传|宣傳|广告|廣告|広告|宣伝|광고|פרסמ|פרסם|أعلن|تبلیغ";
const product =
  "produ[ckt]|produit|prodott|ürün|termék|tuote|proizvod|izdelek|výrob|продук|товар|προϊόν|产品|產品|製品|商品|제품|מוצר|منتج|محصول";
const brand =
  "brand|marca|marque|marke|marchio|merk|mark[aęiyou]|značk|znamk|márk|бренд|марк|μάρκα|varumärke|mærke|brändi|品牌|ブランド|브랜드|מותג|علامة|برند";

const rules: readonly Rule[] = [
  {
    about: "an address of a subtitle or release site",
    line: new RegExp(
      String.raw`\b(?:${madeUpSites})\s?\.\s?(?:${topDomains})\b|\b(?:${otherSites})\.(?:${topDomains})\b`,
    ),
    where: "anywhere",
  },
  {
    about: "OpenSubtitles' own advertisements",
    line: /advertise your product or brand here|support us and become (?:a )?vip|remove all ads from|please rate this subtitle at|help other users to choose the best subtitles|do you want subtitles for any video|free browser extension|watch any video online with|watch (?:online )?movies and series for free|\bosdb\.link|contact .{0,40}open ?subtitles/,
    where: "anywhere",
  },
  {
    about: "the call to become a paying member, in other languages",
    line: new RegExp(String.raw`^(?=.*\bvip\b).*(?:${supportUs})`),
    where: "anywhere",
  },
  {
    about: "the offer of advertising space, in other languages",
    line: new RegExp(`^(?=.*(?:${advertise}))(?=.*(?:${product})).*(?:${brand})`),
    where: "anywhere",
  },
  {
    about: "channels of social networks",
    line: /\b(?:t\.me|telegram\.me|discord\.gg|patreon\.com|facebook\.com|fb\.com|instagram\.com|twitter\.com|vk\.com)\/[\w@.-]/,
    where: "anywhere",
  },
  {
    about: "where to follow the makers",
    line: /^\W*(?:telegram|facebook|instagram|twitter|twitch|youtube|whatsapp)(?: channel| group| page)?\s*[:：@]|\b(?:join|follow) (?:us|our)\b.{0,30}\b(?:telegram|facebook|instagram|twitter|discord)\b/,
    where: "edges",
  },
  {
    about: "betting sites",
    line: /\b(?:1xbet|betwinner|mostbet|melbet|22bet|parimatch|bet365)\b/,
    where: "anywhere",
  },
  {
    about: "who made, timed or translated the subtitle",
    line: new RegExp(
      String.raw`^\W*(?:(?:${whose}) )?(?:${madeIt})(?:(?:,| &| and|,? \/) ?(?:${madeIt}|edited|encoded|improved|adapted))*\W{0,3} (?:by|downloaded from|edited by|made by|provided by)\b(?! (?:${nobody})\b)|^\W*(?:subtitles?|subs|sync|transcript|corrections|captions|translator)\s?[:：]`,
      "u",
    ),
    unless: saysSomething,
    where: "edges",
  },
  {
    about: "who made it, in other languages",
    line: new RegExp(
      String.raw`^[^\p{L}]*(?:${madeItElsewhere})\s*[:：]|^[^\p{L}]*(?:übersetzt|untertitel|traduit|sous-titres|traducido|corregido|subtítulos|traduzido|legendado|legendas|tradotto|sottotitoli|vertaald) (?:von|par|por|da|di|de|door) `,
      "u",
    ),
    unless: saysSomething,
    where: "edges",
  },
  {
    about: "an address on a line of its own",
    line: new RegExp(String.raw`^\W*(?:[\w-]{2,40}\.){1,3}(?:${topDomains})(?:\/\S*)?\W*$`),
    where: "edges",
  },
  {
    about: "an address with www or http within a line",
    line: /https?:\/\/|\bwww\s?\.\s?[\w-]{2,60}\s?\./,
    where: "edges",
  },
  {
    about: "notes of release groups",
    line: /^\W*(?:(?:encoded|ripped|released|uploaded) by\b.{1,60}|downloaded from\b.{1,60}|-+ ?=+.{1,60}=+ ?-+)$/,
    where: "edges",
  },
];

/** Cues from each end in which the credits of a subtitle's makers are looked for. */
const edgeCues = 4;

const comparable = (line: string) => line.toLowerCase().replaceAll(/\s+/g, " ").trim();

/** The rule that takes a line of plain text for an advertisement; undefined for dialogue. */
export function advertisementRule(line: string, isAtEdge: boolean): string | undefined {
  // Longer than anything that a line of a subtitle holds: not worth a rule's time.
  if (line.length > 300) return undefined;
  const words = comparable(line);
  return rules.find(
    ({ line: pattern, unless, where }) =>
      (isAtEdge || where === "anywhere") && pattern.test(words) && !unless?.test(words),
  )?.about;
}

/**
 * Takes advertisements and the credits of a subtitle's makers out, line by line, so that dialogue
 * in the same cue stays. A line that ends with "by" or a colon takes the name below it along.
 */
export function withoutAdvertisements(cues: readonly Cue[]): Cue[] {
  return cues.flatMap((cue, index) => {
    const isAtEdge = index < edgeCues || index >= cues.length - edgeCues;
    let nameFollows = false;
    const lines = cue.text.split("\n");
    const kept = lines.filter((line) => {
      const words = plainText(line);
      const isAd = nameFollows || advertisementRule(words, isAtEdge) !== undefined;
      nameFollows = isAd && /(?:\bby|[:：])\s*$/i.test(words);
      return !isAd;
    });
    if (kept.length === lines.length) return [cue];
    return kept.length === 0 ? [] : [{ ...cue, text: kept.join("\n") }];
  });
}
