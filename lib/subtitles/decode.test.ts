import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeSubtitle } from "./decode";

/** A few sentences of dialogue as a subtitle, repeated until there is something to judge. */
function subtitle(lines: string, count = 24): string {
  const texts = lines.split("|");
  return Array.from(
    { length: count },
    (_, index) =>
      `${index + 1}\r\n00:00:${String(index % 60).padStart(2, "0")},000 --> 00:00:${String(index % 60).padStart(2, "0")},900\r\n${texts[index % texts.length]}\r\n`,
  ).join("\r\n");
}

const samples: [language: string, lines: string, encodings: string[]][] = [
  [
    "tr",
    "Bunu neden yaptığını bilmiyorum.|Şimdi değil, yarın konuşuruz.|İyi misin? Çok üşümüş görünüyorsun.|Hayır, sana hiçbir şey söylemedim.",
    ["windows-1254", "iso-8859-9", "cp857"],
  ],
  [
    "ru",
    "Я не знаю, что ты хочешь сказать.|Подожди меня, это недалеко.|Всё будет хорошо, вот увидишь.|Где он был вчера вечером?",
    ["windows-1251", "koi8-r", "cp866", "iso-8859-5"],
  ],
  [
    "uk",
    "Я не знаю, що ти хочеш сказати.|Зачекай на мене, це недалеко.|Все буде добре, її тут немає.|Де він був учора ввечері?",
    ["windows-1251", "koi8-u"],
  ],
  [
    "bg",
    "Не знам какво искаш да кажеш.|Почакай ме, това не е далече.|Всичко ще бъде наред.|Къде беше той снощи?",
    ["windows-1251", "iso-8859-5"],
  ],
  [
    "el",
    "Δεν ξέρω τι θέλεις να πεις.|Περίμενέ με, δεν είναι μακριά.|Όλα θα πάνε καλά, θα δεις.|Πού ήταν χθες το βράδυ;",
    ["windows-1253", "iso-8859-7", "cp737"],
  ],
  [
    "he",
    "אני לא יודע מה אתה רוצה להגיד.|חכה לי, זה לא רחוק.|הכול יהיה בסדר, אתה תראה.|איפה הוא היה אתמול בערב?",
    ["windows-1255", "iso-8859-8", "cp862"],
  ],
  [
    "ar",
    "لا أعرف ما الذي تريد أن تقوله.|انتظرني، إنه ليس بعيدا.|كل شيء سيكون على ما يرام.|أين كان هو ليلة أمس؟",
    ["windows-1256", "iso-8859-6"],
  ],
  [
    "pl",
    "Nie wiem, co chcesz powiedzieć.|Poczekaj na mnie, to już blisko.|Wszystko będzie dobrze, zobaczysz.|Gdzie on był wczoraj? Może źle słyszę.",
    ["windows-1250", "iso-8859-2", "cp852"],
  ],
  [
    "cs",
    "Nevím, co tím chceš říct.|Počkej na mě, už to není daleko.|Všechno bude v pořádku, uvidíš.|Kde byl včera večer? Žádný strach.",
    ["windows-1250", "iso-8859-2", "cp852"],
  ],
  [
    "hu",
    "Nem tudom, mit akarsz mondani.|Várj meg, már nincs messze.|Minden rendben lesz, meglátod.|Hol volt ő tegnap este? Köszönöm, jól vagyok.",
    ["windows-1250", "cp852"],
  ],
  [
    "fr",
    "Je ne sais pas ce que tu veux dire.|Attends-moi, c'est à côté.|Ça ira, tu verras, ma mère est là.|Où était-il hier soir ?",
    ["windows-1252", "cp850", "iso-8859-15", "macroman"],
  ],
  [
    "es",
    "No sé qué quieres decir.|¿Dónde estaba él ayer?|Espérame, no está lejos, mañana será otro día.|¡Todo irá bien, ya verás!",
    ["windows-1252", "cp850"],
  ],
  [
    "lt",
    "Nežinau, ką tu nori pasakyti.|Palauk manęs, čia netoli.|Viskas bus gerai, pamatysi.|Kur jis buvo vakar? Aš tavęs ieškojau visą naktį.",
    ["windows-1257", "iso-8859-13"],
  ],
  [
    "th",
    "ฉันไม่รู้ว่าคุณจะพูดอะไร|รอฉันด้วย มันไม่ไกลหรอก|ทุกอย่างจะต้องดี คุณคอยดู|เมื่อคืนเขาอยู่ที่ไหน",
    ["windows-874"],
  ],
  [
    "ja",
    "君が何を言いたいのか分からない。|待ってくれ、そんなに遠くない。|すべてうまくいくよ。|昨日の夜、彼はどこにいた？",
    ["shift_jis", "euc-jp"],
  ],
  [
    "ko",
    "네가 무슨 말을 하려는지 모르겠어.|기다려 줘, 멀지 않아.|다 잘 될 거야, 두고 봐.|어젯밤에 그는 어디 있었지?",
    ["euc-kr"],
  ],
  [
    "zh-Hans",
    "我不知道你想说什么。|等等我，离这里不远。|一切都会好的，你会看到的。|他昨天晚上在哪里？",
    ["gb18030", "gbk"],
  ],
  [
    "zh-Hant",
    "我不知道你想說什麼。|等等我，離這裡不遠。|一切都會好的，你會看到的。|他昨天晚上在哪裡？",
    ["big5"],
  ],
];

const cases = samples.flatMap(([language, lines, encodings]) =>
  encodings.map((encoding) => [language, encoding, subtitle(lines)] as const),
);

describe("bytes to text", () => {
  it.each(cases)("%s in %s, the language told", (language, encoding, text) => {
    expect(decodeSubtitle(iconv.encode(text, encoding), { language }).text).toBe(text);
  });

  it.each(cases)("%s in %s, nothing told", (_, encoding, text) => {
    expect(decodeSubtitle(iconv.encode(text, encoding)).text).toBe(text);
  });

  it.each(cases)("%s in %s, told to be English", (_, encoding, text) => {
    expect(decodeSubtitle(iconv.encode(text, encoding), { language: "en" }).text).toBe(text);
  });

  it.each(samples)("%s in every Unicode form, with and without a mark", (_, lines) => {
    const text = subtitle(lines);
    for (const encoding of ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"]) {
      for (const addBOM of [true, false]) {
        const read = decodeSubtitle(iconv.encode(text, encoding, { addBOM }));
        expect([read.text, read.encoding, read.certainty]).toEqual([text, encoding, 1]);
      }
    }
  });

  it("reads Vietnamese composed", () => {
    const text = subtitle(
      "Tôi không biết anh muốn nói gì.|Chờ tôi với, ở đây không xa đâu.|Mọi việc rồi sẽ ổn thôi.",
    );
    // The encoding has â, ê, ô, ă, ơ, ư, and the five tones as marks of their own.
    const spread = [...text.normalize("NFC")].map((letter) => {
      const [base = "", ...marks] = letter.normalize("NFD");
      const isOfLetter = (mark: string) => "\u0302\u0306\u031b".includes(mark);
      const whole = [base, ...marks.filter(isOfLetter)].join("").normalize("NFC");
      return whole + marks.filter((mark) => !isOfLetter(mark)).join("");
    });
    const bytes = iconv.encode(spread.join(""), "windows-1258");
    expect(decodeSubtitle(bytes, { language: "vi" }).encoding).toBe("windows-1258");
    expect(decodeSubtitle(bytes, { language: "vi" }).text).toBe(text.normalize("NFC"));
  });

  it("reads ISO-2022-JP", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\n君は誰だ。\nAbc\n";
    const bytes: number[] = [];
    for (const line of text.split(/(?<=\n)/)) {
      const isKanji = /[^\x20-\x7e\n]/.test(line);
      const pairs = [...iconv.encode(line.trimEnd(), "euc-jp")].map((byte) => byte & 0x7f);
      bytes.push(
        ...(isKanji ? [0x1b, 0x24, 0x42, ...pairs, 0x1b, 0x28, 0x42, 0x0a] : Buffer.from(line)),
      );
    }
    expect(decodeSubtitle(Uint8Array.from(bytes))).toMatchObject({ text, encoding: "iso-2022-jp" });
  });

  it("keeps UTF-8 that a few lines in another encoding were added to", () => {
    const good = subtitle(samples[0]?.[1] ?? "");
    const bytes = Buffer.concat([
      Buffer.from(good),
      iconv.encode("\r\nÇeviri: Şükrü\r\n", "windows-1254"),
    ]);
    const read = decodeSubtitle(bytes, { language: "tr" });
    expect(read).toMatchObject({ text: `${good}\r\nÇeviri: Şükrü\r\n`, encoding: "utf-8" });
  });

  it("does not believe a mark that the bytes disprove", () => {
    const text = subtitle(samples[0]?.[1] ?? "");
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      iconv.encode(text, "windows-1254"),
    ]);
    expect(decodeSubtitle(bytes, { language: "tr" }).text).toContain("Şimdi değil");
  });

  it("reads as a person says, whatever else would be better", () => {
    const bytes = iconv.encode("Şimdi", "windows-1254");
    expect(decodeSubtitle(bytes, { encoding: "windows-1252" }).text).toBe("Þimdi");
    expect(decodeSubtitle(bytes, { encoding: "no-such-thing", language: "tr" }).text).toBe("Şimdi");
  });

  it("says how sure it is, and what else it might be", () => {
    const long = decodeSubtitle(iconv.encode(subtitle(samples[1]?.[1] ?? ""), "windows-1251"));
    const short = decodeSubtitle(iconv.encode("Það er\n", "windows-1252"));
    expect(long.certainty).toBeGreaterThan(0.7);
    expect(short.certainty).toBeLessThan(long.certainty);
    expect(short.alternatives.length).toBeGreaterThan(0);
  });

  it("lets a person choose where the bytes leave it open", () => {
    const bytes = iconv.encode(
      "1\r\n00:00:01,000 --> 00:00:02,000\r\nPlain line\r\nÉtat\r\nNaïve café, garçon\r\nOù ça\r\n",
      "windows-1252",
    );
    const { candidates, certainty, margin, text, encoding } = decodeSubtitle(bytes);
    expect(certainty).toBeLessThan(0.7);
    expect(margin).toBeGreaterThan(0);
    expect(candidates.length).toBeGreaterThanOrEqual(2);
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(candidates[0]?.encoding).toBe(encoding);
    // The same line of each, as it is read when that one is chosen.
    const lines = candidates.map(({ sampleLines }) => sampleLines[0]);
    expect(new Set(lines).size).toBe(lines.length);
    expect(text).toContain(lines[0]);
    candidates[0]?.sampleLines.forEach((_, at) => {
      const kinds = new Set(candidates.map(({ sampleLines }) => sampleLines[at]));
      expect(kinds.size).toBeGreaterThan(1);
    });
    for (const { encoding: chosen, sampleLines } of candidates) {
      const read = decodeSubtitle(bytes, { encoding: chosen }).text;
      for (const line of sampleLines) expect(read).toContain(line);
      expect(sampleLines.length).toBeLessThanOrEqual(3);
    }
  });

  it.each([
    ["It is 5×8 inches.|The A4×5 format, she said.|And a plain line.", "iso-8859-1"],
    ["It is 5×8 inches.|The A4×5 format, she said.|And a plain line.", "cp850"],
    ["I can’t go “home”.|That’s what they say.|And a plain line.", "windows-1252"],
    ["Over 30° today.|It costs £5 now.|And a plain line.", "cp437"],
  ])("takes no mark among plain English for a letter: %j in %s", (lines, encoding) => {
    const text = subtitle(lines);
    expect(decodeSubtitle(iconv.encode(text, encoding)).text).toBe(text);
  });

  it("has nothing to choose from where it is sure", () => {
    const text = subtitle(samples[1]?.[1] ?? "", 60);
    const read = decodeSubtitle(iconv.encode(text, "koi8-r"));
    expect(read.candidates).toEqual([]);
    expect(read.margin).toBeGreaterThan(0.2);
    expect(decodeSubtitle(Buffer.from(text)).margin).toBe(2);
  });

  it("does not believe a language that the text is not in", () => {
    const ukrainian = subtitle(samples.find(([key]) => key === "uk")?.[1] ?? "");
    const bytes = iconv.encode(ukrainian, "koi8-u");
    expect(decodeSubtitle(bytes, { language: "ru" }).text).toBe(ukrainian);
    const greek = subtitle(samples.find(([key]) => key === "el")?.[1] ?? "");
    expect(decodeSubtitle(iconv.encode(greek, "cp737"), { language: "pl" }).text).toBe(greek);
  });

  it("writes Romanian with commas, also when a person chose the encoding", () => {
    const bytes = iconv.encode(
      subtitle("Ştiu ce faci aici.|Îţi spun mâine, când vine şeful."),
      "windows-1250",
    );
    const wanted = subtitle("Știu ce faci aici.|Îți spun mâine, când vine șeful.");
    expect(decodeSubtitle(bytes).text).toBe(wanted);
    expect(decodeSubtitle(bytes, { language: "ro" }).text).toBe(wanted);
    expect(decodeSubtitle(bytes, { language: "ro", encoding: "iso-8859-2" }).text).toBe(wanted);
    const turkish = subtitle(samples[0]?.[1] ?? "");
    expect(decodeSubtitle(iconv.encode(turkish, "windows-1254")).text).toContain("ş");
  });

  it.each([
    ["CR alone ends its lines", "\r", 24],
    ["CR alone ends its lines, in UTF-8 with a stray byte", "\r", 0],
    ["nothing ends its lines", " ", 24],
  ])("reads what stands far behind plain lines: %s", (_, lineEnd, count) => {
    const plain = "1 Nothing but plain letters here. ".repeat(200);
    const turkish = subtitle(samples[0]?.[1] ?? "", 24);
    const text = `${plain}\r\n${turkish}`.replaceAll("\r\n", lineEnd);
    if (count === 0) {
      const stray = `\r${"Şimdi değil, çok üşümüş.\r".repeat(3)}`;
      const bytes = Buffer.concat([Buffer.from(text), iconv.encode(stray, "windows-1254")]);
      const isRead = decodeSubtitle(bytes, { language: "tr" }).text === text + stray;
      expect(isRead).toBe(true);
    } else {
      expect(decodeSubtitle(iconv.encode(text, "windows-1254")).text === text).toBe(true);
    }
  });

  it.each([
    ["one line without an end", [0xe9]],
    ["short lines", [0xe9, 0x0a]],
    ["UTF-8 and not in turn", [0xc3, 0xa9, 0x0a, 0xe9, 0x0a]],
    ["pairs", [0x81, 0x30, 0x81, 0x30]],
    ["escapes", [0x1b, 0x24, 0x42, 0x30, 0x30]],
  ])("reads a megabyte of %s within a second", (_, unit) => {
    const bytes = Buffer.alloc(1_000_000, Buffer.from(unit));
    const before = process.cpuUsage();
    decodeSubtitle(bytes);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof decodeSubtitle(bytes).text).toBe("string");
      }),
      { numRuns: 60 },
    );
  });
});
