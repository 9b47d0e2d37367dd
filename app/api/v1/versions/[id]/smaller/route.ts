import { z } from "zod";
import { requestSmaller } from "@/lib/versions/derived";
import { smallerRequest } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/versions/{id}/smaller",
    summary: "Makes a smaller version, for phones and slow lines",
    role: "admin",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    body: smallerRequest,
    answers: { 202: z.object({ jobId: z.string() }), 404: null, 409: null },
  },
  ({ db, params, body, now }) => requestSmaller(db, { versionId: params.id, ...body, now }),
);
