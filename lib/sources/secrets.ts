import type { SchemaDefinition } from "./definition";
import {
  isNamed,
  isSavedSecret,
  isSecret,
  isSecretName,
  type Named,
  type SavedSecret,
} from "./secret-names";

type SchemaOne = Extract<SchemaDefinition, { version: 1 }>;
type SchemaTwo = Extract<SchemaDefinition, { version: 2 }>;

/** A schema as pages and the API show it, and as a person may send it back. */
export type ShownDefinition =
  | SchemaOne
  | (Omit<SchemaTwo, "headers" | "query"> & {
      headers?: Named<string | SavedSecret> | undefined;
      query?: Named<string | SavedSecret> | undefined;
    });

const parts = ["headers", "query"] as const;
/** Names and values with their secrets marked; undefined when there are none at all. */
function marked(values: Named<string> | undefined): Named<string | SavedSecret> | undefined {
  if (!values) return undefined;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isSecret(name, value) ? { isSet: true } : value,
    ]),
  );
}

/** A schema without the keys among its headers and parameters. */
export function withoutSecrets(definition: SchemaDefinition): ShownDefinition {
  if (definition.version === 1) return definition;
  const shown = { headers: marked(definition.headers), query: marked(definition.query) };
  return {
    ...definition,
    ...(shown.headers ? { headers: shown.headers } : {}),
    ...(shown.query ? { query: shown.query } : {}),
  };
}

/** True when a schema holds a key that is not shown. */
export function hasSecrets(definition: SchemaDefinition): boolean {
  if (definition.version === 1) return false;
  return parts.some((part) =>
    Object.entries(definition[part] ?? {}).some(([name, value]) => isSecret(name, value)),
  );
}

function originOf(apiUrl: unknown): string | null {
  const text = typeof apiUrl === "string" ? apiUrl.replaceAll(/\$\{[^}]*\}/g, "x") : "";
  return URL.canParse(text) ? new URL(text).origin : null;
}

/**
 * A schema as it was sent, with the stored keys that it does not name or only marks; an empty text
 * takes one away. To another server they are never sent: there its marks stay, and are refused.
 *
 * @param given not parsed yet.
 */
export function withStoredSecrets(given: unknown, stored: SchemaDefinition | null): unknown {
  if (!isNamed(given) || Number(given.version) !== 2) return given;
  const origin = originOf(given.apiUrl);
  const isSame = stored?.version === 2 && origin !== null && origin === originOf(stored.apiUrl);
  const filled: Named<unknown> = { ...given };
  for (const part of parts) {
    const values = given[part];
    if (values !== undefined && !isNamed(values)) continue;
    const kept = isSame ? (stored[part] ?? {}) : {};
    const merged = mergedSecrets(values ?? {}, kept, part === "headers");
    if (values !== undefined || Object.keys(merged).length > 0) filled[part] = merged;
  }
  return filled;
}

function mergedSecrets(values: Named<unknown>, stored: Named<string>, anyCase: boolean) {
  const known = (name: string) => (anyCase ? name.toLowerCase() : name);
  const secrets = new Map(
    Object.entries(stored)
      .filter(([name, value]) => isSecret(name, value))
      .map(([name, value]) => [known(name), { name, value }]),
  );
  const merged: [string, unknown][] = [];
  for (const [name, value] of Object.entries(values)) {
    const secret = secrets.get(known(name));
    secrets.delete(known(name));
    if (value === "" && isSecretName(name)) continue;
    merged.push([name, isSavedSecret(value) ? (secret?.value ?? value) : value]);
  }
  for (const { name, value } of secrets.values()) merged.push([name, value]);
  return Object.fromEntries(merged);
}

/** A schema in which a person deleted marks, so that the server takes their keys away, too. */
export function withRemovals(before: unknown, after: unknown): unknown {
  if (!isNamed(before) || !isNamed(after)) return after;
  const changed: Named<unknown> = { ...after };
  for (const part of parts) {
    const [shown, left] = [before[part], after[part] ?? {}];
    if (!isNamed(shown) || !isNamed(left)) continue;
    const gone = Object.keys(shown).filter(
      (name) => isSavedSecret(shown[name]) && !Object.hasOwn(left, name),
    );
    if (gone.length === 0) continue;
    changed[part] = { ...left, ...Object.fromEntries(gone.map((name) => [name, ""])) };
  }
  return changed;
}
