import { z } from "zod";
import { deleteDownload } from "@/lib/downloads/commands";
import { downloadByHash } from "@/lib/downloads/mutations";
import { env } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path: "/api/v1/downloads/{infoHash}",
    summary: "Ends a torrent; with deleteFiles=true what it downloaded goes as well",
    role: "admin",
    params: z.object({ infoHash: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/i) }),
    query: z.strictObject({ deleteFiles: z.enum(["true", "false"]).default("false") }),
    answers: { 204: null },
  },
  async ({ db, params, query, now }) => {
    const download = downloadByHash(db, params.infoHash);
    const context = { db, env: env(), services: connect(db, env()), now };
    await deleteDownload(context, download, query.deleteFiles === "true");
    return undefined;
  },
);
