import { readChecks } from "@/lib/checks/data";
import { checksView } from "@/lib/checks/schema";
import { toChecksView } from "@/lib/checks/view";
import { env } from "@/lib/env";
import { apiRoute } from "@/lib/web/api";
import { reasonText } from "@/lib/web/catalogue";
import { visitFacts } from "@/lib/web/visit";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/checks",
    summary: "What works, what does not, what it means and what to do, as it was found last",
    role: "admin",
    answers: { 200: checksView },
  },
  ({ db, request, now, t, locale }) =>
    toChecksView(readChecks(db, { visit: visitFacts(request.headers, env()), now }), {
      t,
      sayReason: (reason) => reasonText(reason, locale),
    }),
);
