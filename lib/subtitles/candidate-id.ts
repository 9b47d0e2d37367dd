/** What a candidate's id carries, so that taking one needs no second search. */
export interface CandidateFacts {
  /** OpenSubtitles' file id. */
  fileId: number;
  /** BCP 47; `und` when it is not told. */
  language: string;
  hearingImpaired: boolean;
}

/** `<file id>.<language>`, then `.h` for people who hear badly: opaque to whoever gets it. */
export function candidateIdOf(facts: CandidateFacts): string {
  const { fileId, language, hearingImpaired } = facts;
  return `${fileId}.${language}${hearingImpaired ? ".h" : ""}`;
}

/** Null for text that is no candidate's id. */
export function readCandidateId(text: string): CandidateFacts | null {
  const found = /^([1-9]\d{0,14})\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})(\.h)?$/.exec(text);
  if (!found?.[1] || !found[2]) return null;
  return {
    fileId: Number(found[1]),
    language: found[2],
    hearingImpaired: found[3] !== undefined,
  };
}
