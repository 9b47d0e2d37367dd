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
  ])("stays, even at the edges: %s", (line) => {
    expect(kept(line, ...talk)).toEqual([line, ...talk]);
    expect(kept(...talk, line)).toEqual([...talk, line]);
  });

  it("is not looked at by rules when it is longer than a line can be", () => {
    expect(advertisementRule(`opensubtitles.org ${"a".repeat(400)}`, true)).toBeUndefined();
  });
});
