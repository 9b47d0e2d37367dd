import { z } from "zod";
import { env } from "@/lib/env";
import { importChosen } from "@/lib/imports/commands";
import { importInput, scanParams } from "@/lib/imports/schema";
import { connect } from "@/lib/settings/connect";
import { answer, apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/import/scans/{id}/import",
    summary:
      "Takes films of a scan into the library: as the film that the scan matched, or as the one that is named beside the file. Each is looked at once more first; one that has changed is refused, and its row says why.",
    role: "admin",
    params: scanParams,
    body: importInput,
    answers: { 202: z.object({ jobId: z.string() }), 404: null },
  },
  async ({ db, params, body, user, now }) => {
    const context = { db, env: env(), services: connect(db, env()), now };
    const asker = { id: user.id, isAdmin: true };
    return answer(202, await importChosen({ ...context, user: asker }, params.id, body));
  },
);
