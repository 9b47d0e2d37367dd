/** What a candidate's id carries, so that taking one needs no second search. */
export interface CandidateFacts {
  /** OpenSubtitles' file id. */
  fileId: number;
  /** BCP 47; `und` when it is not told. */
  language: string;
  forced: boolean;
  hearingImpaired: boolean;
  machineTranslated: boolean;
}

/**
 * `<file id>.<language>`, then a dot and a letter for what sets it apart: f(orced), h(earing
 * impaired), m(achine translated). Opaque to whoever gets it.
 */
export function candidateIdOf(facts: CandidateFacts): string {
  const { fileId, language, forced, hearingImpaired, machineTranslated } = facts;
  const marks = `${forced ? "f" : ""}${hearingImpaired ? "h" : ""}${machineTranslated ? "m" : ""}`;
  return `${fileId}.${language}${marks === "" ? "" : `.${marks}`}`;
}

/** Null for text that is no candidate's id. */
export function readCandidateId(text: string): CandidateFacts | null {
  const found =
    /^([1-9]\d{0,14})\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})(?:\.(?=[fhm])(f?h?m?))?$/.exec(
      text,
    );
  if (!found?.[1] || !found[2]) return null;
  const marks = found[3] ?? "";
  return {
    fileId: Number(found[1]),
    language: found[2],
    forced: marks.includes("f"),
    hearingImpaired: marks.includes("h"),
    machineTranslated: marks.includes("m"),
  };
}
