import { restoreNow } from "@/lib/backups/restore-now";
import { backupParams, restoreDone } from "@/lib/backups/schema";
import { apiRoute } from "@/lib/web/api";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/backups/{name}/restore",
    summary:
      "Puts a backup in the place of the database, after a backup of what is there now; no film's file is removed",
    role: "admin",
    params: backupParams,
    answers: { 200: restoreDone, 404: null, 409: null, 503: null },
  },
  ({ params }) => restoreNow(params.name),
);
