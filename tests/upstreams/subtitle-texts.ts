/** A few invented lines of dialogue in each language, written for the stand-in. */
const dialogue: Record<string, readonly string[]> = {
  en: [
    "You said the lamp would last until morning.",
    "I said it would last. I never said which morning.",
    "Then we walk in the dark.",
    "<i>Nobody walks in the dark alone.</i>",
    "Did you hear that? Listen.",
    "It is only the rain counting the roof tiles.",
  ],
  tr: [
    "Lambanın sabaha kadar yanacağını söylemiştin.",
    "Yanar dedim. Hangi sabah, onu demedim.",
    "Öyleyse karanlıkta yürürüz.",
    "<i>Kimse karanlıkta tek başına yürümez.</i>",
    "Duydun mu? Şşş, dinle.",
    "Sadece yağmur, kiremitleri sayıyor.",
  ],
  de: [
    "Du hast gesagt, die Lampe hält bis zum Morgen.",
    "Ich sagte, sie hält. Ich sagte nie, bis zu welchem.",
    "Dann gehen wir eben im Dunkeln.",
    "<i>Niemand geht allein im Dunkeln.</i>",
    "Hast du das gehört? Hör doch.",
    "Das ist nur der Regen, er zählt die Dachziegel.",
  ],
  fr: [
    "Tu disais que la lampe tiendrait jusqu'au matin.",
    "J'ai dit qu'elle tiendrait. Pas jusqu'à quel matin.",
    "Alors nous marcherons dans le noir.",
    "<i>Personne ne marche seul dans le noir.</i>",
    "Tu as entendu ça ? Écoute.",
    "Ce n'est que la pluie qui compte les tuiles.",
  ],
  es: [
    "Dijiste que la lámpara duraría hasta la mañana.",
    "Dije que duraría. Nunca dije hasta qué mañana.",
    "Entonces caminaremos a oscuras.",
    "<i>Nadie camina solo a oscuras.</i>",
    "¿Has oído eso? Escucha.",
    "Es solo la lluvia, que cuenta las tejas.",
  ],
  "pt-BR": [
    "Você disse que a lâmpada duraria até de manhã.",
    "Eu disse que duraria. Não disse até qual manhã.",
    "Então vamos andar no escuro.",
    "<i>Ninguém anda sozinho no escuro.</i>",
    "Você ouviu isso? Escute.",
    "É só a chuva contando as telhas.",
  ],
  ru: [
    "Ты говорил, что лампа догорит до утра.",
    "Я сказал, что догорит. Не сказал, до какого.",
    "Значит, пойдём в темноте.",
    "<i>Никто не ходит в темноте один.</i>",
    "Слышал? Прислушайся.",
    "Это просто дождь считает черепицу.",
  ],
  ar: [
    "قلت إن المصباح سيبقى مضيئا حتى الصباح.",
    "قلت إنه سيبقى، ولم أقل أي صباح.",
    "إذن نمشي في الظلام.",
    "<i>لا أحد يمشي وحده في الظلام.</i>",
    "هل سمعت؟ أصغ جيدا.",
    "إنه المطر فقط يعد قرميد السقف.",
  ],
  "zh-CN": [
    "你说这盏灯能亮到天亮。",
    "我说能亮，没说是哪一个天亮。",
    "那我们就摸黑走。",
    "<i>没有人会独自走在黑暗里。</i>",
    "你听见了吗？听。",
    "只是雨在数屋顶的瓦片。",
  ],
  ja: [
    "朝までランプは持つって言ったよね。",
    "持つとは言った。どの朝かは言ってない。",
    "じゃあ、暗い中を歩こう。",
    "<i>暗闇をひとりで歩く人はいない。</i>",
    "今の聞こえた？ 静かに。",
    "雨が屋根の瓦を数えているだけさ。",
  ],
};

/** The languages that the stand-in has subtitles in, as OpenSubtitles answers them. */
export const subtitleLanguages: readonly string[] = Object.keys(dialogue);

/** SubRip with `count` cues, one every four seconds from the first second on. */
export function srtOf(language: string, count: number): string {
  const lines = dialogue[language] ?? dialogue.en ?? [];
  return Array.from({ length: count }, (_, index) => {
    const startMs = 1000 + index * 4000;
    const line = lines[index % lines.length] ?? "";
    return `${index + 1}\r\n${clock(startMs)} --> ${clock(startMs + 2800)}\r\n${line}\r\n`;
  }).join("\r\n");
}

function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 23).replace(".", ",")}`;
}
