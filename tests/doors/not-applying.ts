import type { ApiSpec } from "@/lib/web/api-spec";

/** Refusals that every route is tried for. */
export const refusals = [401, 403, 404, 422] as const;
export type Refusal = (typeof refusals)[number];

/** Routes that never refuse so, beyond what their spec already says, and why. */
const exceptions: Record<string, Partial<Record<Refusal, string>>> = {
  "DELETE /api/v1/me/history/{movieId}": {
    404: "nothing is there afterwards, whether or not there was something",
  },
};

/** Why a route never answers with a refusal; undefined where it has to be seen to. */
export function whyNot(spec: ApiSpec, status: Refusal): string | undefined {
  const own = exceptions[`${spec.method} ${spec.path}`]?.[status];
  if (own) return own;
  const isChange = spec.method !== "GET";
  const isOwn = /^\/api\/v1\/me(\/|$)/.test(spec.path);
  if (status === 401 && spec.role === "anyone") return "it is for anybody";
  if (status === 403) {
    if (spec.role === "anyone") return "it is for anybody";
    if (isOwn && !isChange) return "everybody may read what is their own";
  }
  if (status === 404 && !spec.params) return "its path names nothing";
  if (status === 422 && !spec.body && !spec.multipart && !spec.query)
    return "nothing is sent to it";
  return undefined;
}

/** Exceptions by route, to see that none is left of a route that is gone. */
export const exceptionalRoutes = Object.keys(exceptions);
