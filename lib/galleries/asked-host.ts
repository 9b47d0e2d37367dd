/** The host that a schema asks, for a person to judge; its address may hold placeholders. */
export function askedHost({ apiUrl }: { apiUrl: string }): string {
  const address = apiUrl.replaceAll(/\$\{[^}]*\}/g, "x");
  return URL.canParse(address) ? new URL(address).host : "";
}
