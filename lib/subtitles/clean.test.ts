import { describe, expect, it } from "vitest";
import { advertisementRule, withoutAdvertisements } from "./clean";
import type { Cue } from "./cue";

const cue = (text: string, index: number): Cue => ({
  startMs: index * 1000,
  endMs: index * 1000 + 900,
  text,
  position: 2,
});
const cues = (...texts: string[]) => texts.map(cue);
const kept = (...texts: string[]) => withoutAdvertisements(cues(...texts)).map(({ text }) => text);
const talk = Array.from({ length: 10 }, (_, index) => `Line number ${index}.`);

describe("advertisements", () => {
  it.each([
    "Advertise your product or brand here",
    "contact www.OpenSubtitles.org today",
    "Support us and become VIP member",
    "to remove all ads from www.OpenSubtitles.org",
    "-=[ ai.OpenSubtitles.com ]=-",
    "www.opensubtitles . org",
    "Downloaded from YTS.MX",
    "Watch any video online with Open-SUBTITLES",
    "Free Browser extension: osdb.link/ext",
    "Official site: yifysubtitles.org",
    "Please rate this subtitle at www.osdb.link/abcde",
    "Help other users to choose the best subtitles",
    "Bet at 1xbet now",
    "subscene.com",
    "Soutenez-nous et devenez membre VIP",
    "Apóyanos y conviértete en miembro VIP para eliminar todos los anuncios",
    "Ajude-nos e torne-se membro VIP para remover todos os anúncios",
    "Unterstützen Sie uns und werden Sie VIP-Mitglied",
    "Wesprzyj nas i zostań członkiem VIP",
    "Bize destek olun ve VIP üye olun",
    "Поддержите нас и станьте VIP-пользователем",
    "Faites de la publicité pour votre produit ou votre marque ici",
    "Anuncie o seu produto ou marca aqui",
    "Werben Sie hier für Ihr Produkt oder Ihre Marke",
    "Ürününüzün veya markanızın reklamını burada yapın",
    "Рекламируйте здесь свой продукт или бренд",
    "在此处宣传您的产品或品牌",
    "여기에 귀사의 제품이나 브랜드를 광고하세요",
    "أعلن عن منتجك أو علامة منتجك هنا",
    "Telegram: t.me/somechannel",
    "facebook.com/somebody",
  ])("go anywhere in a movie: %s", (line) => {
    expect(kept(...talk, line, ...talk)).toEqual(
      [...talk, ...talk].filter((text) => text !== line),
    );
  });

  it.each([
    "Subtitles by John Smith",
    "Synced and corrected by somebody",
    "Sync & corrections by somebody",
    "== sync, corrected by <i>somebody</i> ==",
    "Resync by XenoN",
    "English subtitles by someone",
    "Translator: Ann Bee",
    "Çeviri: Birisi",
    "Altyazı : Birisi",
    "Traduction : Quelqu'un",
    "Subtítulos por alguien",
    "Untertitel von jemand",
    "Перевод: Кто-то",
    "字幕：某人",
    "www.example-site.net",
    "https://example.org/page",
    "example.tv",
    "Downloaded from somewhere",
    "Tłumaczenie: Ktoś",
    "Υπότιτλοι: Κάποιος",
    "תרגום: מישהו",
    "ترجمة: شخص ما",
    "Telegram: @somebody",
    "Translated by J. R. Someone",
  ])("go at the beginning and the end, but not within: %s", (line) => {
    const read = line.replaceAll(/<[^>]+>/g, "");
    expect(kept(read, ...talk)).toEqual(talk);
    expect(kept(...talk, read)).toEqual(talk);
    if (!/[:：]/.test(read) && !/www|http/.test(read)) {
      expect(kept(...talk, read, ...talk)).toContain(read);
    }
  });

  it("take the name on the next line along", () => {
    expect(kept("Subtitles by\nJohn Smith", ...talk)).toEqual(talk);
  });

  it("leave dialogue beside them", () => {
    expect(kept("Wait for me!\nwww.opensubtitles.org", ...talk)).toEqual(["Wait for me!", ...talk]);
  });
});

describe("dialogue", () => {
  it.each([
    "Created by God.",
    "He was shot by the sniper.",
    "I work for the translation department.",
    "Support us!",
    "Become a member.",
    "Addicted. It happens.",
    "The shooter. To the left.",
    "Sub in for me, will you?",
    "Subtitles are for people who read.",
    "Translated, it means love.",
    "The legendas. Me neither.",
    "I'll see you at 10.30 in the morning.",
    "U.S. Army, open up!",
    "It's on the net. Info follows.",
    "Contact your office today.",
    "What's his e-mail?",
    "Time: 10 o'clock",
    "Corrected.",
    "He translated by heart.",
    "Translation: we are lost.",
    "Captions?",
    "No. Me.",
    "- Go.\n- Is it safe?",
    "Sync your watches by noon.",
    "Caption by the window, please.",
    "I write subtitles for a living.",
    "The subtitles were wrong, he said goodbye.",
    "Translator: He wants to know your name.",
    "TRANSLATOR: Is that all?",
    "Translated by whom?",
    "Synced by accident, I swear.",
    "Traduction : il ne viendra pas.",
    "Traducción: estamos perdidos, amigo.",
    "字幕：你说什么都没有用。",
    "It's called lost cats dot com.",
    "My address is 12 Main Street.",
    "Write to john at home, not at work.",
    "You need a VIP pass to get in there.",
    "Support the VIP's family.",
    "What product do you advertise?",
    "Which brand of soap is that?",
    "Follow us to the river!",
    "Join our army, see the world.",
    "Telegram for you, sir.",
    "He's on Facebook all day.",
    "Download it and run.",
    "Become one of us.",
    "Sponsor: the man who pays.",
    "这个产品的广告真难看。",
    "他买的都是品牌商品。",
    "Ich werde Werbung für das Produkt machen.",
    "La marca del diablo.",
  ])("stays, even at the edges: %s", (line) => {
    expect(kept(line, ...talk)).toEqual([line, ...talk]);
    expect(kept(...talk, line)).toEqual([...talk, line]);
  });

  it("is not looked at by rules when it is longer than a line can be", () => {
    expect(advertisementRule(`opensubtitles.org ${"a".repeat(400)}`, true)).toBeUndefined();
  });
});
