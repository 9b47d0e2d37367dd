import { z } from "zod";
import { env } from "@/lib/env";
import { startScan } from "@/lib/imports/commands";
import { listScans } from "@/lib/imports/data";
import { scanInput, scanView } from "@/lib/imports/schema";
import { answer, apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/import/scans",
    summary: "Looks through import folders, the newest first; of each folder the last one is kept",
    role: "admin",
    query: pageQuery,
    answers: { 200: pageOf(scanView) },
  },
  ({ db, query, say }) => listScans(db, query, say),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/import/scans",
    summary:
      "Looks through an import folder, or a folder inside one, for films; scanId is where to read what it found",
    role: "admin",
    body: scanInput,
    answers: { 202: z.object({ scanId: z.string(), jobId: z.string() }) },
  },
  async ({ db, body, user, now }) => {
    const asker = { id: user.id, isAdmin: true };
    const started = await startScan({ db, env: env(), user: asker, now }, body.folder);
    return answer(202, started);
  },
);
