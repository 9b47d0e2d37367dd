import { z } from "zod";
import { planRows } from "./row-plan";
import { isSavedSecret, withoutKeysInAddress } from "./secret-names";
import { isForbiddenName, parsePath, type Segment } from "./value-path";

const mostParsers = 30;
const longestText = 200;
const longestAddress = 2000;
const mostPages = 5;

/** What stands in an address for what is searched for. */
export const searchPlaceholder = "$" + "{searchInput}";
const anyPlaceholder = /\$\{[^}]*\}?/g;

/** Headers that would change who asks or how the answer comes. */
const headersNotGiven =
  /^(host|cookie|connection|content-|transfer-|te$|upgrade|expect|proxy-|sec-|forwarded|x-forwarded-|via$|trailer|keep-alive)/i;

const parserKey = z
  .string()
  .min(1)
  .max(longestText)
  .refine((key) => !isForbiddenName(key), "schema-path-name");

const parserPath = z
  .string()
  .max(longestText)
  .superRefine((text, context) => {
    const path = parsePath(text);
    if (typeof path === "string") context.addIssue({ code: "custom", message: path });
  });

/** Version 1: as the original took it. Members that it did not know are let be. */
const parserOne = z.object({ key: parserKey, value: parserPath });

export const conversions = ["text", "number", "size", "date"] as const;

/** Version 2: what is found may be turned into another form, and put into a template. */
const parserTwo = z.strictObject({
  key: parserKey,
  value: parserPath,
  type: z.enum(conversions).optional(),
  /** Text with `${value}`, and `${key}` of fields of the same row or entry that come before. */
  template: z
    .string()
    .max(longestAddress)
    .refine((text) => text.includes("$" + "{value}"), "schema-template-value")
    .optional(),
});

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== "";
}

const address = z.string().min(1).max(longestAddress);

/** One placeholder where what is searched for goes, in the path or the query, and no other. */
function checkAddress(text: string, isSearchedFor: boolean): string | null {
  const found = text.match(anyPlaceholder) ?? [];
  if (found.some((one) => one !== searchPlaceholder)) return "schema-placeholder-unknown";
  if (found.length > 1) return "schema-placeholder-twice";
  if (found.length === 0 && !isSearchedFor) return "schema-placeholder-missing";
  if (!isWebAddress(text.replace(searchPlaceholder, "x"))) return "schema-address";
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";
  return host.includes("$") ? "schema-placeholder-host" : null;
}

/** Path of an issue within the definition. */
type Complain = (path: (string | number)[], code: string) => void;

function checkParsers(
  parsers: readonly { key: string; value: string }[],
  complain: Complain,
): void {
  const paths = parsers.map(({ value }) => parsePath(value));
  // Each has said what is wrong with it already.
  if (paths.some((path) => typeof path === "string")) return;
  const planned = planRows(parsers.map(({ key }, at) => ({ key, path: paths[at] as Segment[] })));
  if ("code" in planned) complain(["parsers", planned.index, "value"], planned.code);
}

const complainTo =
  (context: z.RefinementCtx): Complain =>
  (path, message) =>
    context.addIssue({ code: "custom", message, path });

const schemaOne = z
  .object({
    version: z.literal(1),
    apiUrl: address,
    parsers: z.array(parserOne).min(1).max(mostParsers),
  })
  .superRefine((definition, context) => {
    const complain = complainTo(context);
    const code = checkAddress(definition.apiUrl, false);
    if (code) complain(["apiUrl"], code);
    checkParsers(definition.parsers, complain);
  });

/** A mark in place of a key that is not stored, or was stored for another server. */
const entryText = z
  .string({ error: ({ input }) => (isSavedSecret(input) ? "schema-secret-again" : undefined) })
  .max(longestAddress);

const smallRecord = (value: z.ZodType<string>) =>
  z
    .record(z.string().min(1).max(longestText), value)
    .refine(
      (record) => Object.keys(record).length <= 20 && !Object.keys(record).some(isForbiddenName),
      "schema-path-name",
    );

const schemaTwo = z
  .strictObject({
    version: z.literal(2),
    apiUrl: address,
    headers: smallRecord(entryText.regex(/^[\t\x20-\x7e]*$/)).optional(),
    query: smallRecord(entryText).optional(),
    parsers: z.array(parserTwo).min(1).max(mostParsers),
    /** Given to every row, as they are; to every entry of an array with `sources.quality`. */
    constants: z
      .record(parserKey, z.union([z.string().max(longestAddress), z.number(), z.boolean()]))
      .optional(),
    paging: z
      .strictObject({
        parameter: z.string().min(1).max(longestText),
        start: z.number().int().min(0).max(1_000_000).default(1),
        step: z.number().int().min(1).max(10_000).default(1),
        pages: z.number().int().min(1).max(mostPages),
      })
      .optional(),
  })
  .superRefine((definition, context) => {
    const complain = complainTo(context);
    const inQuery = Object.entries(definition.query ?? {}).filter(([, text]) =>
      text.includes("$" + "{"),
    );
    for (const [name, text] of inQuery) {
      if ((text.match(anyPlaceholder) ?? []).some((one) => one !== searchPlaceholder)) {
        complain(["query", name], "schema-placeholder-unknown");
      }
    }
    const code = checkAddress(definition.apiUrl, inQuery.length > 0);
    if (code) complain(["apiUrl"], code);
    for (const name of Object.keys(definition.headers ?? {})) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || headersNotGiven.test(name)) {
        complain(["headers", name], "schema-header");
      }
    }
    checkParsers(definition.parsers, complain);
  })
  .transform((definition) => {
    const { apiUrl, query } = withoutKeysInAddress(definition.apiUrl);
    if (Object.keys(query).length === 0) return definition;
    return { ...definition, apiUrl, query: { ...query, ...definition.query } };
  });

/** The original looked whether there is a version, not which: only 2 means another form. */
function withKnownVersion(given: unknown): unknown {
  if (typeof given !== "object" || given === null || !("version" in given)) return given;
  const { version } = given;
  if (typeof version !== "number" && typeof version !== "string") return given;
  const names = Object.keys(given);
  const isNewer = Number(version) > 2 && names.length > 3;
  if (isNewer) return given;
  return { ...given, version: Number(version) === 2 ? 2 : 1 };
}

/**
 * A search schema: version 1 as the original took it, or version 2. Issues point at the member
 * that is wrong, and their messages are keys of `reasons`.
 */
export const schemaDefinition = z.preprocess(
  withKnownVersion,
  z.discriminatedUnion("version", [schemaOne, schemaTwo]),
);
export type SchemaDefinition = z.output<typeof schemaDefinition>;
export type SchemaParser = SchemaDefinition["parsers"][number];

/**
 * A schema as it was pasted. Sources of the original lie around with single quotes, which its page
 * turned into double ones.
 *
 * @returns undefined when the text is no JSON either way.
 */
export function readSchemaText(text: string): unknown {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The other spelling, then.
    }
  }
  return undefined;
}
