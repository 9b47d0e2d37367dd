import { AppError } from "@/lib/errors";
import { listSources, sourceById, toSourceView } from "@/lib/sources/data";
import { createSource } from "@/lib/sources/mutations";
import { sourceCreateInput, sourceView } from "@/lib/sources/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/sources",
    summary:
      "The sources that a search asks, in their order; keys are never shown, only that they are set",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(sourceView) },
  },
  ({ db, query, say, now }) => listSources(db, query, { say, now }),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/sources",
    summary: "Adds a source: a search schema, or an indexer that speaks Torznab",
    role: "admin",
    body: sourceCreateInput,
    answers: { 201: sourceView },
  },
  ({ db, body, say, now }) => {
    const made = sourceById(db, createSource(db, { ...body, now }));
    if (!made) throw new AppError("source-unknown", { status: 404 });
    return toSourceView(made, { say, now });
  },
);
