import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { wordsOf } from "@/lib/web/catalogue";
import { controlWords } from "./control-words";

it("says in our words what video.js says, and keeps the places that it fills in", () => {
  const known: Record<string, string> = JSON.parse(
    readFileSync("node_modules/video.js/dist/lang/en.json", "utf8"),
  );
  const said = controlWords(wordsOf("en", "player"));
  expect(Object.keys(said).filter((text) => !(text in known))).toEqual([]);
  for (const [text, words] of Object.entries(said)) {
    const places = (known[text] ?? "").match(/\{\d\}/g) ?? [];
    expect(words.match(/\{\d\}/g) ?? [], text).toEqual(places);
  }
  expect(said["Skip forward {1} seconds"]).toBe("Skip forward {1} seconds");
});
