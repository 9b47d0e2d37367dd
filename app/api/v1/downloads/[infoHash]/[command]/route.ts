import { z } from "zod";
import { commandDownload, downloadCommands } from "@/lib/downloads/commands";
import { downloadByHash } from "@/lib/downloads/mutations";
import { env } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/downloads/{infoHash}/{command}",
    summary: "Pauses, continues or forces a torrent; any of its hashes is accepted",
    role: "admin",
    params: z.object({
      infoHash: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/i),
      command: z.enum(downloadCommands),
    }),
    answers: { 204: null },
  },
  async ({ db, params, now }) => {
    const download = downloadByHash(db, params.infoHash);
    const context = { db, env: env(), services: connect(db, env()), now };
    await commandDownload(context, download, params.command);
    return undefined;
  },
);
