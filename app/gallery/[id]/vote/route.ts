import { secrets } from "@/lib/auth/secrets";
import { addressKey } from "@/lib/auth/throttle";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isPublished } from "@/lib/galleries/data";
import { countVote } from "@/lib/galleries/publishing";
import { publishedParams, voteAnswer, voteForm, voteInput } from "@/lib/galleries/schema";
import { admitVisit } from "@/lib/galleries/visits";
import { voterOf } from "@/lib/galleries/voter";
import { apiRoute } from "@/lib/web/api";
import { mediaType } from "@/lib/web/body";
import { isSameOrigin } from "@/lib/web/origin";
import { peerAddress } from "@/lib/web/peer";

const spec = {
  method: "POST",
  path: "/gallery/{id}/vote",
  summary: "Votes for a published source, once a day from an address",
  role: "anyone",
  params: publishedParams,
  body: voteInput,
  multipart: { fields: voteForm, files: {} },
  maxBodyBytes: 10_000,
  answers: { 200: voteAnswer, 403: null, 404: null, 429: null },
} as const;

/** Back to the page, which says how it went. */
function backTo(id: string, outcome: "counted" | "again"): Response {
  const location = `/gallery?${new URLSearchParams({ vote: outcome, source: id })}#${id}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

/**
 * A visitor's vote. A browser may only send it from our own page, whether somebody is signed in or
 * not; a following Vigilio sends neither Origin nor Sec-Fetch-Site, and has one vote for its address
 * like anybody.
 */
export const POST = apiRoute(spec, ({ db, params: { id }, body: { up }, request, now }) => {
  if (!isPublished(db, env())) throw new AppError("not-found", { status: 404 });
  const { headers } = request;
  const isBrowser = headers.has("origin") || headers.has("sec-fetch-site");
  const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustProxy = false } = env().values;
  if (isBrowser && !isSameOrigin(headers, { publicUrl, trustProxy })) {
    throw new AppError("foreign-origin", { status: 403 });
  }
  const visitor = addressKey(peerAddress(headers) ?? "");
  admitVisit(visitor, now);
  const isForm = mediaType(headers) === "multipart/form-data";
  const voter = voterOf(secrets().vote, visitor, id);
  try {
    const score = countVote(db, { publishedId: id, voter, up, now });
    return isForm ? backTo(id, "counted") : { score };
  } catch (error) {
    const isAgain = error instanceof AppError && error.reason.code === "gallery-voted";
    if (isForm && isAgain) return backTo(id, "again");
    throw error;
  }
});
