import { describe, expect, it } from "vitest";
import { type AudioTrack, trackToChoose } from "./audio-tracks";

const track = (label: string, language: string, enabled = false): AudioTrack => ({
  ...{ id: label, label, language, enabled },
});
const english = track("English", "en", true);
const commentary = track("English (Commentary)", "en");
const turkish = track("Turkish", "tr");
const brazilian = track("Portuguese", "pt-BR");
const tracks = [english, commentary, turkish, brazilian];
const liked = (...languages: string[]) => ({ picked: undefined, languages });

describe("trackToChoose", () => {
  it("takes the first in the first language that is there", () => {
    expect(trackToChoose(tracks, liked("tr"))).toBe(turkish);
    expect(trackToChoose(tracks, liked("de", "tr", "en"))).toBe(turkish);
    const silent = { ...english, enabled: false };
    expect(trackToChoose([silent, commentary], liked("en"))).toBe(silent);
  });

  it("takes what was picked for this movie before what is liked", () => {
    const picked = { language: "en", label: "English (Commentary)" };
    expect(trackToChoose(tracks, { picked, languages: ["tr"] })).toBe(commentary);
    const other = { language: "tr", label: "Türkçe" };
    expect(trackToChoose(tracks, { picked: other, languages: ["en"] })).toBe(turkish);
    const gone = { language: "de", label: "German" };
    expect(trackToChoose(tracks, { picked: gone, languages: ["tr"] })).toBe(turkish);
  });

  it("leaves the file's own choice when it is in the language, or there is none in it", () => {
    expect(trackToChoose(tracks, liked("en", "tr"))).toBeNull();
    expect(trackToChoose([english, { ...commentary, enabled: true }], liked("en"))).toBeNull();
    expect(trackToChoose(tracks, liked("de"))).toBeNull();
    expect(trackToChoose(tracks, liked())).toBeNull();
    const picked = { language: "en", label: "English" };
    expect(trackToChoose(tracks, { picked, languages: ["tr"] })).toBeNull();
  });

  it("takes another region before another language", () => {
    expect(trackToChoose(tracks, liked("pt"))).toBe(brazilian);
    expect(trackToChoose(tracks, liked("pt-PT"))).toBe(brazilian);
    const portuguese = track("Portuguese", "pt");
    expect(trackToChoose([...tracks, portuguese], liked("pt"))).toBe(portuguese);
  });
});
