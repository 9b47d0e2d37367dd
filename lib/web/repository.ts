import about from "@/package.json";

/**
 * Where the sources are, as package.json names it (`repository`, an https address or one in npm's
 * short form for GitHub); null while it names none.
 */
export function repositoryUrl(of: object = about): string | null {
  const { repository } = of as { repository?: unknown };
  const named =
    typeof repository === "object" && repository !== null && "url" in repository
      ? repository.url
      : repository;
  if (typeof named !== "string") return null;
  const [, path] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(named) ?? [];
  if (path) return `https://github.com/${path}`;
  const address = named.replace(/^git\+/, "").replace(/\.git$/, "");
  return /^https:\/\//.test(address) ? address : null;
}
