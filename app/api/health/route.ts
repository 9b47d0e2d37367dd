import { z } from "zod";
import { readHealth, serviceNames } from "@/lib/queue/health";
import { answer, apiRoute } from "@/lib/web/api";
import { version } from "@/package.json";

const check = z.object({ ok: z.boolean(), detail: z.string() });

const healthView = z.object({
  status: z.enum(["ok", "degraded", "down"]),
  version: z.string().optional(),
  uptimeSeconds: z.number().int().optional(),
  checks: z.record(z.enum(serviceNames), check).optional(),
});

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/health",
    summary: "Whether everything works; to an admin also what does not",
    role: "anyone",
    answers: { 200: healthView, 503: healthView },
  },
  ({ db, user, now, say }) => {
    const health = readHealth(db, now);
    const isDown = !health.database.ok || !health.scheduler.ok;
    const isFine = serviceNames.every((name) => health[name].ok);
    const status = isDown ? "down" : isFine ? "ok" : "degraded";
    const view: z.input<typeof healthView> = { status };
    if (user?.role === "admin") {
      view.version = version;
      view.uptimeSeconds = Math.floor(process.uptime());
      const told = serviceNames.map((name) => [
        name,
        { ok: health[name].ok, detail: say(health[name].detail) },
      ]);
      view.checks = Object.fromEntries(told);
    }
    return answer(isDown ? 503 : 200, view);
  },
);
