import { type Draft, definitionOfDraft } from "@/lib/sources/draft";

const elsewhere = /^(apiUrl|headers|query|paging|constants|name)(\.|$)/;

/** What the server says of a definition, by field of the draft; and what concerns none of them. */
export function fieldErrors(
  errors: Record<string, string>,
  draft: Draft,
): { byField: Map<string, string>; others: string[] } {
  const { parsers } = definitionOfDraft(draft);
  const byField = new Map<string, string>();
  const others: string[] = [];
  for (const [name, text] of Object.entries(errors)) {
    const place = /^parsers\.(\d+)/.exec(name)?.[1];
    const parser = place === undefined ? undefined : parsers[Number(place)];
    if (parser) byField.set(parser.key, text);
    // What has a field of its own on the page is said there.
    else if (!elsewhere.test(name)) others.push(text);
  }
  return { byField, others };
}
