import { describe, expect, it } from "vitest";
import { languageFit } from "./language";
import { languageOfFileName, languageOfTag } from "./language-of-name";
import { languageOfText, settleLanguage } from "./language-of-text";

const said = (language: string | null, ...flags: ("forced" | "hi")[]) => ({
  language,
  forced: flags.includes("forced"),
  hearingImpaired: flags.includes("hi"),
});

describe("file names", () => {
  it.each([
    ["Movie.2010.1080p.en.srt", said("en")],
    ["Movie.2010.tr.srt", said("tr")],
    ["Movie.2010.eng.srt", said("en")],
    ["Movie.2010.Turkish.srt", said("tr")],
    ["Movie.pt-BR.srt", said("pt-BR")],
    ["Movie.pt_br.srt", said("pt-BR")],
    ["Movie.pob.srt", said("pt-BR")],
    ["Brazilian Portuguese.srt", said("pt-BR")],
    ["Portuguese (Brazilian).por.srt", said("pt-BR")],
    ["European.por.srt", said("pt-PT")],
    ["Movie.zh-Hant.srt", said("zh-Hant")],
    ["Movie.chs.srt", said("zh-Hans")],
    ["Traditional.chi.srt", said("zh-Hant")],
    ["Simplified.chi.srt", said("zh-Hans")],
    ["Latin American.spa.srt", said("es-419")],
    ["2_English.srt", said("en")],
    ["12_Fre.srt", said("fr")],
    ["Subs/eng/3.srt", said("en")],
    ["Movie/Subs/German/2.srt", said("de")],
    ["en.srt", said("en")],
    ["Movie.en.forced.srt", said("en", "forced")],
    ["Movie.forced.en.srt", said("en", "forced")],
    ["English [SDH].srt", said("en", "hi")],
    ["Movie.en.hi.srt", said("en", "hi")],
    ["Movie.en.cc.srt", said("en", "hi")],
    ["Movie.hi.srt", said("hi")],
    ["Movie.Deutsch.srt", said("de")],
    ["Movie.Türkçe.srt", said("tr")],
    ["Movie.2010.1080p.BluRay.x264-GROUP.srt", said(null)],
    ["It.2017.1080p.srt", said(null)],
    ["No.Time.To.Die.2021.srt", said(null)],
    ["subtitle.srt", said(null)],
  ])("%s", (name, expected) => {
    expect(languageOfFileName(name)).toEqual(expected);
  });

  it.each([
    ["This.Is.It.srt", "This.Is.It.mkv", null],
    ["This.Is.It.fr.srt", "This.Is.It.mkv", "fr"],
    ["The.Italian.Job.srt", "The.Italian.Job.mkv", null],
    ["The.Italian.Job.sv.srt", "The.Italian.Job.mkv", "sv"],
    ["The.French.Dispatch.English.srt", "The.French.Dispatch.mkv", "en"],
  ])("%s beside %s", (name, videoName, language) => {
    expect(languageOfFileName(name, { videoName }).language).toBe(language);
  });
});

describe("tags", () => {
  it.each([
    ["eng", null, "en"],
    ["ger", null, "de"],
    ["deu", null, "de"],
    ["fre", "Forced", "fr"],
    ["por", "Brazilian", "pt-BR"],
    ["chi", "Traditional", "zh-Hant"],
    ["spa", "Latin American", "es-419"],
    ["pt-BR", null, "pt-BR"],
    ["English", null, "en"],
    ["und", "Türkçe", "tr"],
    ["und", null, null],
    ["", "Commentary by the director", null],
  ])("%s, %s", (tag, title, language) => {
    expect(languageOfTag(tag, title)).toBe(language);
  });
});

const texts: Record<string, string> = {
  en: "What do you want to do with that? I don't know. Just tell me what you know about him. You can't be here right now.",
  tr: "Ne yapmak istiyorsun? Bilmiyorum. Bana onun hakkında ne biliyorsan söyle. Şimdi burada olamazsın ama ben bir şey için geldim.",
  de: "Was willst du damit machen? Ich weiß es nicht. Sag mir einfach, was du über ihn weißt. Du kannst jetzt nicht hier sein.",
  ru: "Что ты хочешь с этим сделать? Я не знаю. Просто скажи мне, что ты знаешь о нём. Тебе нельзя здесь быть, это так.",
  uk: "Що ти хочеш з цим зробити? Я не знаю. Просто скажи мені, що ти знаєш про нього. Тобі не можна тут бути, це так.",
  ja: "それで何をしたいんだ？分からない。彼について知っていることを教えてくれ。今ここにいてはいけない。もう行かなければならない。",
  ko: "그걸로 뭘 하고 싶은 거야? 모르겠어. 그에 대해 아는 것을 말해 줘. 지금 여기 있으면 안 돼. 우리는 이제 가야 해. 알았지?",
  "zh-Hans":
    "你想用它做什么？我不知道。告诉我你知道的关于他的事。你现在不能在这里。我们没有时间说这个，这是什么？你们去哪里？",
  "zh-Hant":
    "你想用它做什麼？我不知道。告訴我你知道的關於他的事。你現在不能在這裡。我們沒有時間說這個，這是什麼？你們去哪裡？",
  th: "คุณอยากทำอะไรกับมัน ฉันไม่รู้ บอกฉันว่าคุณรู้อะไรเกี่ยวกับเขาบ้าง ตอนนี้คุณอยู่ที่นี่ไม่ได้",
};

describe("texts", () => {
  it.each(Object.entries(texts))("%s", (language, text) => {
    expect(languageOfText(text)).toBe(language);
  });

  it("say nothing when they are short or no language", () => {
    expect(languageOfText("Oh. Ah.")).toBeNull();
    expect(languageOfText("lorem ipsum dolor sit amet ".repeat(20))).toBeNull();
  });

  it("correct a name only when it is plainly wrong", () => {
    expect(settleLanguage("it", texts.en ?? "")).toBe("en");
    expect(settleLanguage("en", texts.ja ?? "")).toBe("ja");
    expect(settleLanguage("en", texts.en ?? "")).toBe("en");
    expect(settleLanguage("pt-BR", "Oi.")).toBe("pt-BR");
    expect(settleLanguage(null, "Oi.")).toBe("und");
    expect(
      settleLanguage(
        "sr",
        "Šta hoćeš da uradiš? Ne znam. Samo mi reci što znaš o njemu, to je sve.",
      ),
    ).toBe("sr");
  });
});

describe("what is wanted", () => {
  it.each([
    ["pt-BR", "pt-BR", 2],
    ["pt-br", "pt-BR", 2],
    ["pt-BR", "pt", 1],
    ["pt", "pt-PT", 1],
    ["pt-BR", "pt-PT", 0],
    ["zh-TW", "zh-Hant", 2],
    ["zh-TW", "zh-CN", 0],
    ["zh", "zh-Hans", 1],
    ["no", "nb", 2],
    ["en", "de", 0],
    ["und", "und", 2],
  ])("%s by %s: %i", (wanted, given, fit) => {
    expect(languageFit(wanted, given)).toBe(fit);
  });
});
