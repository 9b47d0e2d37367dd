import { createHash } from "node:crypto";
import { addressKey } from "@/lib/auth/throttle";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isPublished, publicIndex } from "@/lib/galleries/data";
import { galleryIndex } from "@/lib/galleries/schema";
import { admitVisit } from "@/lib/galleries/visits";
import { settingOf } from "@/lib/settings/data";
import { apiRoute } from "@/lib/web/api";
import { wordsOf } from "@/lib/web/catalogue";
import { peerAddress } from "@/lib/web/peer";
import { precondition } from "@/lib/web/range";

const spec = {
  method: "GET",
  path: "/gallery/index.json",
  summary: "The sources that this Vigilio publishes",
  role: "anyone",
  answers: { 200: galleryIndex, 304: null, 404: null, 429: null },
} as const;

/** The gallery for other Vigilios: docs/gallery-format.md. */
export const GET = apiRoute(spec, ({ db, request, now }) => {
  if (!isPublished(db, env())) throw new AppError("not-found", { status: 404 });
  admitVisit(addressKey(peerAddress(request.headers) ?? ""), now);
  const name = settingOf(db, env(), "galleryName") ?? wordsOf("en", "gallery")("unnamed");
  const body = JSON.stringify(publicIndex(db, name));
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const ifNoneMatch = request.headers.get("if-none-match") ?? undefined;
  const isKnown = precondition({ ifNoneMatch }, { etag, modifiedAt: now }) === "not-modified";
  return new Response(isKnown ? null : body, {
    status: isKnown ? 304 : 200,
    headers: {
      ...(isKnown ? {} : { "content-type": "application/json; charset=utf-8" }),
      etag,
      "cache-control": "no-cache",
      "x-robots-tag": "noindex",
      "x-content-type-options": "nosniff",
    },
  });
});
