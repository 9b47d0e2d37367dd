import { z } from "zod";
import { AppError } from "@/lib/errors";
import { versionOf } from "@/lib/versions/data";
import { versionView } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/versions/{id}",
    summary: "One version of a movie",
    role: "member",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    answers: { 200: versionView.extend({ movieId: z.string() }) },
  },
  ({ db, params, say }) => {
    const version = versionOf(db, params.id, say);
    if (!version) throw new AppError("version-not-found", { status: 404 });
    return version;
  },
);
