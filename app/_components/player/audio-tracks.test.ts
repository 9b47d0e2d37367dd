import { describe, expect, it } from "vitest";
import { trackToChoose } from "./audio-tracks";

const english = { language: "en", enabled: true };
const commentary = { language: "en", enabled: false };
const turkish = { language: "tr", enabled: false };
const brazilian = { language: "pt-BR", enabled: false };
const tracks = [english, commentary, turkish, brazilian];

describe("trackToChoose", () => {
  it("takes the first in the language", () => {
    expect(trackToChoose(tracks, "tr")).toBe(turkish);
    expect(trackToChoose([{ ...english, enabled: false }, commentary], "en")).toEqual({
      language: "en",
      enabled: false,
    });
  });

  it("leaves the file's own choice when it is in the language, or there is none in it", () => {
    expect(trackToChoose(tracks, "en")).toBeNull();
    expect(trackToChoose([english, { ...commentary, enabled: true }], "en")).toBeNull();
    expect(trackToChoose(tracks, "de")).toBeNull();
    expect(trackToChoose(tracks, null)).toBeNull();
    expect(trackToChoose(tracks, "")).toBeNull();
  });

  it("takes another region before another language", () => {
    expect(trackToChoose(tracks, "pt")).toBe(brazilian);
    expect(trackToChoose(tracks, "pt-PT")).toBe(brazilian);
    const portuguese = { language: "pt", enabled: false };
    expect(trackToChoose([...tracks, portuguese], "pt")).toBe(portuguese);
  });
});
