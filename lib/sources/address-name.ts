/** An address as people paste it, without `https://` in front; the own network speaks http. */
export function withScheme(text: string): string {
  const address = text.trim();
  if (address === "" || /^[a-z][a-z\d+.-]*:\/\//i.test(address)) return address;
  const host = /^[^/?#]*/.exec(address)?.[0] ?? "";
  const isOwn =
    /^(localhost|[^.:]+|\d+\.\d+\.\d+\.\d+|\[.*\]|.*\.(local|lan|home|internal))(:\d+)?$|:\d+$/i;
  return `${isOwn.test(host) ? "http" : "https"}://${address}`;
}

function indexerName(url: URL): string | null {
  const jackett = /\/indexers\/([^/]+)\/results/i.exec(url.pathname)?.[1];
  if (jackett) return jackett === "all" ? "Jackett" : `Jackett: ${decodeURIComponent(jackett)}`;
  if (url.port === "9117" || /^jackett\b/i.test(url.hostname)) return "Jackett";
  if (url.port === "9696" || /^prowlarr\b/i.test(url.hostname)) return "Prowlarr";
  return null;
}

/** A name for what lies at an address: its host, without what every host has. Empty for no address. */
export function nameOfAddress(text: string): string {
  const address = withScheme(text).replaceAll(/\$\{[^}]*\}/g, "x");
  if (!URL.canParse(address)) return "";
  const url = new URL(address);
  return indexerName(url) ?? url.hostname.replace(/^(www|api|search)\.(?=.*\.)/i, "");
}
