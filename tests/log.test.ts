import { expect, it } from "vitest";
import { censor, censorText } from "@/lib/log";

it.each([
  ["magnet:?xt=urn:btih:aa&tr=https://t.example/key/announce", "magnet:[secret]"],
  [
    "asked https://indexer.example/api?apikey=abc&t=search twice",
    "asked https://indexer.example/[secret] twice",
  ],
  ["udp://t.example:80/0123/announce", "udp://t.example:80/[secret]"],
  ["http://ada:lamp@films.example", "http://[secret]@films.example"],
  ["http://ada:lamp@films.example/x", "http://films.example/[secret]"],
  ["Authorization: Bearer abcdefghijklmnopqrstuv", "Authorization: [secret]"],
  ["sent bearer abcdefghijklmnopqrstuv on", "sent bearer [secret] on"],
  ["api_key=abc, passkey: def", "api_key=[secret], passkey: [secret]"],
])("of %s is left what opens no door", (text, left) => {
  expect(censorText(text)).toBe(left);
});

it.each([
  "/data/media/0123456789abcdef/film.mp4: Invalid data found when processing input",
  "keyint=250 and 3 key frames, bearer of news",
  "from https://films.example",
])("%s stays as it is", (text) => {
  expect(censorText(text)).toBe(text);
});

it("is applied at every depth, and to fields by their names", () => {
  const line = {
    token: "abc",
    inner: { apiKey: "abc", at: new Date(0), list: ["magnet:?xt=1"] },
    count: 2,
  };
  expect(censor(line)).toEqual({
    token: "[secret]",
    inner: { apiKey: "[secret]", at: "1970-01-01T00:00:00.000Z", list: ["magnet:[secret]"] },
    count: 2,
  });
  expect(censor(new Error("at https://a.example/key"))).toContain("https://a.example/[secret]");
});
