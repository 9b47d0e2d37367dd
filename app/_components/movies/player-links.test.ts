import { describe, expect, it } from "vitest";
import { playerLinks, playlist, playlistName } from "./player-links";

const streamUrl = "https://films.example/media/0123456789abcdef.mp4?ticket=a.b.c";
const android = "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/140.0 Mobile";
const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15";
const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0";

describe("links to players", () => {
  it("are those that the system hands on", () => {
    const players = (userAgent: string, touchPoints = 0) =>
      playerLinks(streamUrl, "x", { userAgent, touchPoints }).map(({ player }) => player);
    expect(players(android, 5)).toEqual(["android", "vlc"]);
    expect(players(iphone, 5)).toEqual(["vlc", "infuse"]);
    expect(players(mac)).toEqual(["iina"]);
    // An iPad that asks for the site of a desk.
    expect(players(mac, 5)).toEqual(["vlc", "infuse"]);
    expect(players(windows)).toEqual([]);
  });

  it("keep the ticket, and a title that tries to leave its place", () => {
    const device = { userAgent: android, touchPoints: 5 };
    const [any] = playerLinks(streamUrl, "Lamp;end#?", device);
    expect(any?.href).toBe(
      "intent://films.example/media/0123456789abcdef.mp4?ticket=a.b.c#Intent;action=android.intent.action.VIEW;type=video/mp4;scheme=https;S.title=Lamp%3Bend%23%3F;end",
    );
    const [iina] = playerLinks(streamUrl, "x", { userAgent: mac, touchPoints: 0 });
    expect(new URL(iina?.href ?? "").searchParams.get("url")).toBe(streamUrl);
  });
});

describe("a playlist", () => {
  const ticket = { streamUrl, subtitles: [], expiresAt: "2026-01-01T00:00:00Z" };

  it("names the film, how long it is, and where it is", () => {
    expect(playlist(ticket, { title: "A\nLamp (2019)", durationSeconds: 5400.4 })).toBe(
      `#EXTM3U\n#EXTINF:5400,A Lamp (2019)\n${streamUrl}\n`,
    );
    expect(playlist(ticket, { title: "x", durationSeconds: null })).toContain("#EXTINF:-1,x");
  });

  it("takes the subtitles along", () => {
    const subtitles = [
      { id: "a", url: "https://films.example/subtitles/a.vtt?ticket=1" },
      { id: "b", url: "https://films.example/subtitles/b.vtt?ticket=2" },
    ];
    expect(playlist({ ...ticket, subtitles }, { title: "x", durationSeconds: 1 })).toContain(
      `#EXTVLCOPT:input-slave=${subtitles[0]?.url}#${subtitles[1]?.url}\n`,
    );
  });

  it("has a name that every system takes", () => {
    expect(playlistName("What? If: Lamps/Lanterns")).toBe("What If Lamps Lanterns.m3u");
    expect(playlistName("纸灯笼的夏天")).toBe("纸灯笼的夏天.m3u");
    expect(playlistName("...")).toBe("film.m3u");
  });
});
