import { runChecks } from "@/lib/checks/commands";
import { readChecks } from "@/lib/checks/data";
import { checksView, runChecksInput } from "@/lib/checks/schema";
import { toChecksView } from "@/lib/checks/view";
import { env } from "@/lib/env";
import { apiRoute } from "@/lib/web/api";
import { reasonText } from "@/lib/web/catalogue";
import { visitFacts } from "@/lib/web/visit";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/checks/run",
    summary: "Looks at everything anew, or at some areas or one source, and answers what it found",
    role: "admin",
    body: runChecksInput,
    answers: { 200: checksView, 404: null, 503: null },
  },
  async ({ db, body, request, t, locale }) => {
    await runChecks({ db, env: env() }, body ?? {});
    const visit = visitFacts(request.headers, env());
    return toChecksView(readChecks(db, { visit, now: new Date() }), {
      t,
      sayReason: (reason) => reasonText(reason, locale),
    });
  },
);
