import { z } from "zod";
import { env } from "@/lib/env";
import { refreshMetadata } from "@/lib/library/commands";
import { refreshBody } from "@/lib/library/schema";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/movies/refresh",
    summary:
      "Fetches title, story, pictures and people of movies anew; what was changed by hand stays",
    role: "admin",
    body: refreshBody,
    answers: {
      202: z.object({ jobId: z.string().nullable(), jobIds: z.array(z.string()) }),
      404: null,
      409: null,
    },
  },
  ({ db, body, now }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    const { jobIds } = refreshMetadata(context, body.movieIds);
    return { jobId: jobIds[0] ?? null, jobIds };
  },
);
