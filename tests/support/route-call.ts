export interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

export interface Call {
  params?: Record<string, string>;
  body?: unknown;
  query?: string;
  headers?: Record<string, string>;
}

/** What the environment of a test's site has as VIGILIO_API_TOKEN. */
export const token = "t".repeat(40);

/** Calls a route of the API with that token, unless other headers say who calls. */
export async function call(
  route: Route,
  { params = {}, body, query = "", headers = {} }: Call = {},
): Promise<{ status: number; data: ReturnType<typeof JSON.parse> }> {
  const answer = await route(
    new Request(`http://vigilio.test${route.spec.path}${query}`, {
      method: route.spec.method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve(params) },
  );
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}
