/**
 * True for an address that a login or download answer may name: under opensubtitles.com by https,
 * or on the origin of the address that is set (a proxy, a test).
 */
export function isAcceptedAddress(address: string, apiUrl: string): boolean {
  const url = parseUrl(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (url.origin === new URL(apiUrl).origin) return true;
  return (
    url.protocol === "https:" &&
    url.port === "" &&
    /^([a-z0-9-]+\.)*opensubtitles\.com$/.test(url.hostname)
  );
}

/**
 * Where calls go after a login: its `base_url` is a bare host name. An answer that names a host
 * which is not accepted changes nothing.
 */
export function apiUrlAfterLogin(baseUrl: string | null, apiUrl: string): string {
  if (!baseUrl || !/^[A-Za-z0-9.-]+(:\d+)?$/.test(baseUrl)) return apiUrl;
  const configured = new URL(apiUrl);
  if (baseUrl.toLowerCase() === configured.host) return apiUrl;
  const named = `https://${baseUrl.toLowerCase()}/api/v1`;
  return isAcceptedAddress(named, apiUrl) ? named : apiUrl;
}

/** An address in a form that can be looked at, or null. */
export function parseUrl(address: string, base?: URL): URL | null {
  return URL.canParse(address, base?.href) ? new URL(address, base) : null;
}
