import { expect, test } from "vitest";
import { delayText } from "../../subtitles/delay-text";
import { secondsText } from "../../watch/note-text";
import { signedDelay } from "./words";

test.each([
  ["en", "+10 s", "+0.25 sec", "0.5 sec"],
  ["en-GB", "+10 s", "+0.25 sec", "0.5 sec"],
  ["fr-CA", "+10 s", "+0,25 s", "0,5 s"],
])("seconds in %s have one unit, whatever their number", (locale, jump, delay, size) => {
  expect(secondsText(10, locale).replace(/\s/g, " ")).toBe(jump);
  expect(signedDelay(250, locale).replace(/\s/g, " ")).toBe(delay);
  expect(delayText(500, locale).replace(/\s/g, " ")).toBe(size);
});
