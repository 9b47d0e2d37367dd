import { expect, it } from "vitest";
import { candidateIdOf, readCandidateId } from "./candidate-id";

const flags = [false, true];

it("carries everything that taking one needs", () => {
  for (const forced of flags) {
    for (const hearingImpaired of flags) {
      for (const machineTranslated of flags) {
        const facts = {
          ...{ fileId: 4711, language: "pt-BR", forced, hearingImpaired },
          machineTranslated,
        };
        expect(readCandidateId(candidateIdOf(facts))).toEqual(facts);
      }
    }
  }
});

it.each([
  "",
  "12",
  "0.en",
  "../12.en",
  "12.en.",
  "12.en.x",
  "12.en.hh",
  "12.en.mf",
  "12.e",
  "12.en/h",
])("is not read from %j", (text) => {
  expect(readCandidateId(text)).toBeNull();
});
