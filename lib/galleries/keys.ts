import type { SchemaDefinition } from "@/lib/sources/definition";

/** A value of a schema that looks like a key, and where it stands. */
export interface FoundKey {
  /** Names it in a form: `headers.X-Api-Key`, `address.apikey`, `parsers.3.passkey`. */
  place: string;
  kind: "header" | "parameter" | "address" | "path" | "template" | "constant";
  /** Of the header or parameter; a field's for a template; empty for a part of the address. */
  name: string;
  /** Its first letters: enough for its owner to know it. */
  hint: string;
  /** False for what the address can't do without: then it is published or the source is not. */
  isRemovable: boolean;
}

/** Headers that say how the answer should come, and nothing of who asks. */
const harmlessHeader =
  /^(accept|accept-language|accept-charset|user-agent|referer|origin|dnt|x-requested-with|cache-control|pragma)$/i;

/** Names that mean a key in one language of programs or another. */
const keyName =
  /(^|[^a-z])(api|app|access|auth|client|private|secret|torrent|rss|user|consumer|subscription)?[-_. ]?(key|token|secret|pass|passwd|password|passwort|passkey|pin|pwd|auth|authorization|jwt|bearer|session|sessionid|sid|cookie|credential|credentials|signature|sig|uid|username|login|email)s?($|[^a-z])/i;

/** `apiKey`, `APIKEY2` and `x_api_key` by the words in them. */
function isKeyName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1-$2").replace(/\d+/g, "");
  return keyName.test(words) || /api_?key|passkey|auth_?key|rss_?key|token|secret/i.test(words);
}

/** How often digits and letters take turns: seldom in words, all the time in what a machine made. */
const turnsIn = (text: string) => text.match(/\d(?=[a-z])|[a-z](?=\d)/gi)?.length ?? 0;

/** Text that nobody would write by hand: hex, base64, a UUID, a signed token. */
function isKeyText(text: string): boolean {
  if (hasPlaceholder(text) || /\s/.test(text)) return false;
  if (/^[a-z]+:\/\//i.test(text)) return keysOfAddress(text, "", "path").length > 0;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return true;
  if (text.length >= 32 && turnsIn(text) >= 3) return true;
  return text.split(/[-_.~:]+/).some((part) => part.length >= 12 && turnsIn(part) >= 3);
}

const hintOf = (text: string) => (text.length > 8 ? `${text.slice(0, 4)}…` : "…");

const hasPlaceholder = (text: string) => text.includes("$" + "{");

/** An address by its parts, as it is written: a parser would change its placeholders. */
function partsOf(address: string) {
  const [, before = "", query = "", fragment = ""] =
    /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(address) ?? [];
  const parameters = query === "" ? [] : query.slice(1).split("&");
  return { before, parameters, fragment };
}

function joined({ before, parameters, fragment }: ReturnType<typeof partsOf>): string {
  return `${before}${parameters.length > 0 ? `?${parameters.join("&")}` : ""}${fragment}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function parameterOf(text: string): { name: string; value: string } {
  const at = text.indexOf("=");
  if (at < 0) return { name: decoded(text), value: "" };
  return { name: decoded(text.slice(0, at)), value: decoded(text.slice(at + 1)) };
}

const looksLikeKey = (name: string, value: string) =>
  value !== "" && !hasPlaceholder(value) && (isKeyName(name) || isKeyText(value));

const userInfo = /^([a-z][a-z\d+.-]*:\/\/)([^/?#@]*)@/i;

/** Keys in an address or a template of one, whose places begin with `prefix`. */
function keysOfAddress(
  address: string,
  prefix: string,
  kind: FoundKey["kind"],
  name = "",
): FoundKey[] {
  const { before, parameters } = partsOf(address);
  const found: FoundKey[] = [];
  const user = userInfo.exec(before)?.[2];
  if (user) {
    found.push({ place: `${prefix}.@`, kind: "address", name, hint: "…", isRemovable: true });
  }
  for (const [at, segment] of before.replace(userInfo, "$1").split("/").slice(3).entries()) {
    if (!isKeyText(decoded(segment))) continue;
    const place = `${prefix}./${at}`;
    found.push({ place, kind: "path", name, hint: hintOf(segment), isRemovable: false });
  }
  for (const parameter of parameters) {
    const { name: called, value } = parameterOf(parameter);
    // A magnet's xt is what it is about, and no secret; its trackers may carry one.
    if (/^(xt|dn|xl)(\.\d+)?$/i.test(called) && /^magnet:/i.test(address)) continue;
    if (!looksLikeKey(called, value)) continue;
    const place = `${prefix}.${called}`;
    found.push({ place, kind, name: called, hint: hintOf(value), isRemovable: true });
  }
  return found;
}

/** Every value of a schema that looks like a key, in the order in which it is read. */
export function keysIn(definition: SchemaDefinition): FoundKey[] {
  const found = keysOfAddress(definition.apiUrl, "address", "parameter");
  if (definition.version === 1) return unique(found);
  for (const [name, value] of Object.entries(definition.headers ?? {})) {
    if (harmlessHeader.test(name) && !isKeyText(value)) continue;
    const hint = hintOf(value);
    found.push({ place: `headers.${name}`, kind: "header", name, hint, isRemovable: true });
  }
  for (const [name, value] of Object.entries(definition.query ?? {})) {
    if (!looksLikeKey(name, value)) continue;
    const hint = hintOf(value);
    found.push({ place: `query.${name}`, kind: "parameter", name, hint, isRemovable: true });
  }
  for (const [name, value] of Object.entries(definition.constants ?? {})) {
    if (!looksLikeKey(name, String(value))) continue;
    const hint = hintOf(String(value));
    found.push({ place: `constants.${name}`, kind: "constant", name, hint, isRemovable: true });
  }
  for (const [at, { key, template }] of definition.parsers.entries()) {
    if (!template) continue;
    found.push(...keysOfAddress(template, `parsers.${at}`, "template", key));
  }
  return unique(found);
}

/** The same parameter twice is one question. */
function unique(found: readonly FoundKey[]): FoundKey[] {
  return found.filter(({ place }, at) => found.findIndex((one) => one.place === place) === at);
}

function addressWithout(address: string, prefix: string, places: ReadonlySet<string>): string {
  const parts = partsOf(address);
  const before = places.has(`${prefix}.@`) ? parts.before.replace(userInfo, "$1") : parts.before;
  const parameters = parts.parameters.filter((one) => {
    const { name, value } = parameterOf(one);
    return !(places.has(`${prefix}.${name}`) && looksLikeKey(name, value));
  });
  return joined({ ...parts, before, parameters });
}

function recordWithout<Value>(
  record: Record<string, Value> | undefined,
  prefix: string,
  places: ReadonlySet<string>,
): Record<string, Value> | undefined {
  const kept = Object.entries(record ?? {}).filter(([name]) => !places.has(`${prefix}.${name}`));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** A schema without the values at these places; what can't be removed stays. */
export function withoutKeys(
  definition: SchemaDefinition,
  places: ReadonlySet<string>,
): SchemaDefinition {
  const apiUrl = addressWithout(definition.apiUrl, "address", places);
  if (definition.version === 1) return { ...definition, apiUrl };
  const { headers, query, constants, ...rest } = definition;
  const kept = {
    headers: recordWithout(headers, "headers", places),
    query: recordWithout(query, "query", places),
    constants: recordWithout(constants, "constants", places),
  };
  return {
    ...rest,
    ...(kept.headers ? { headers: kept.headers } : {}),
    ...(kept.query ? { query: kept.query } : {}),
    ...(kept.constants ? { constants: kept.constants } : {}),
    apiUrl,
    parsers: definition.parsers.map((parser, at) =>
      parser.template
        ? { ...parser, template: addressWithout(parser.template, `parsers.${at}`, places) }
        : parser,
    ),
  };
}
