/** In place of a value that stays on the server. Sent back, it means the value that is saved. */
export interface SavedSecret {
  isSet: true;
}

export type Named<Value> = Record<string, Value>;

const secretWord =
  /(?:key|token|secret|passw(?:or)?d|passphrase|auth|authorization|credentials?|cookie|session|sid|jwt|signature)$|^(?:pass|pwd|pin|torrentpass)$/;

/** True for the name of a header or parameter that holds a key: `X-Api-Key`, `passkey`, `authToken`. */
export function isSecretName(name: string): boolean {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => secretWord.test(word));
}

/** An object of names and values. */
export const isNamed = (value: unknown): value is Named<unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** True for the mark of a value that is saved. */
export function isSavedSecret(value: unknown): value is SavedSecret {
  return isNamed(value) && value.isSet === true && Object.keys(value).length === 1;
}

/** What is searched for is no secret, whatever its parameter is called. */
export const isSecret = (name: string, value: unknown) =>
  typeof value === "string" && value !== "" && !value.includes("$" + "{") && isSecretName(name);

/** Keys that were pasted inside the address become parameters, which are not shown again. */
export function withoutKeysInAddress(apiUrl: string): { apiUrl: string; query: Named<string> } {
  const [, before = "", search = "", hash = ""] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(apiUrl) ?? [];
  const query: Named<string> = {};
  const left = search.split("&").filter((pair) => {
    const [name, value] = [...new URLSearchParams(pair)][0] ?? ["", ""];
    if (!isSecret(name, value)) return true;
    query[name] = value;
    return false;
  });
  if (Object.keys(query).length === 0) return { apiUrl, query };
  const rest = left.filter((pair) => pair !== "").join("&");
  return { apiUrl: `${before}${rest ? `?${rest}` : ""}${hash}`, query };
}
