import { z } from "zod";
import { restoreFromBin } from "@/lib/bin/commands";
import { binId } from "@/lib/bin/schema";
import { env } from "@/lib/env";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/bin/{id}/restore",
    summary: "Brings back what lies in the bin, as it was",
    role: "admin",
    params: z.object({ id: binId }),
    answers: { 204: null, 404: null, 409: null },
  },
  async ({ db, params, now }) => {
    await restoreFromBin({ db, env: env(), now }, params.id);
    return undefined;
  },
);
