import { AppError } from "@/lib/errors";
import { sourceById, toSourceView } from "@/lib/sources/data";
import { deleteSource, updateSource } from "@/lib/sources/mutations";
import { sourceParams, sourceUpdateInput, sourceView } from "@/lib/sources/schema";
import { apiRoute } from "@/lib/web/api";

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path: "/api/v1/sources/{id}",
    summary:
      "Changes a source; a key that is not sent stays as it is, and an empty one is taken away",
    role: "admin",
    params: sourceParams,
    body: sourceUpdateInput,
    answers: { 200: sourceView, 404: null },
  },
  ({ db, params, body, say, now }) => {
    updateSource(db, { id: params.id, change: body, now });
    const source = sourceById(db, params.id);
    if (!source) throw new AppError("source-unknown", { status: 404 });
    return toSourceView(source, { say, now });
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/sources/{id}",
    summary: "Removes a source; what was added from it stays",
    role: "admin",
    params: sourceParams,
    answers: { 204: null, 404: null },
  },
  ({ db, params }) => deleteSource(db, params.id),
);
