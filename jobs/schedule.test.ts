import { it } from "vitest";
import { readEnv } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { startSchedule } from "./schedule";

it("starts every tick, and ends them all", async () => {
  using db = testDatabase();
  const env = readEnv({}, "/nowhere");
  const now = () => new Date("2026-03-01T10:00:00Z");
  const schedule = startSchedule({ db, env, services: connect(db, env), now, startedAt: now() });
  await schedule.stop();
});
