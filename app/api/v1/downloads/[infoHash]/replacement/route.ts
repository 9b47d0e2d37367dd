import { z } from "zod";
import { downloadByHash } from "@/lib/downloads/mutations";
import { takeReplacement } from "@/lib/downloads/replace";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/downloads/{infoHash}/replacement",
    summary: "Takes the release that is offered in the place of a dead one",
    role: "admin",
    params: z.object({ infoHash: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/i) }),
    answers: { 204: null },
  },
  async ({ db, params, now }) => {
    await takeReplacement({ db, now }, downloadByHash(db, params.infoHash), "person");
    return undefined;
  },
);
