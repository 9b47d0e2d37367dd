export interface Account {
  username: string;
  password: string;
}

export interface SessionCookie {
  name: string;
  value: string;
}

/** Signs in as a browser does. @returns the session's cookie. */
export async function signIn(site: { url: string }, account: Account): Promise<SessionCookie> {
  const pairs = (response: Response) =>
    response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const first = await fetch(`${site.url}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const answer = await fetch(`${site.url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: pairs(first).join("; "), origin: site.url },
    body: new URLSearchParams({ ...account, csrfToken, json: "true" }),
  });
  const session = pairs(answer).find((pair) => pair.includes("session="));
  if (!session) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`);
  const end = session.indexOf("=");
  return { name: session.slice(0, end), value: session.slice(end + 1) };
}
