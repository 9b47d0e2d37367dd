import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { connect } from "@/lib/settings/connect";
import { testDatabase } from "@/tests/support/database";
import { startSchedule, ticks } from "./schedule";

it("starts every tick, knows when each comes next, and ends them all", async () => {
  using db = testDatabase();
  const env = readEnv({}, "/nowhere");
  const now = () => new Date("2026-03-01T10:00:00Z");
  const schedule = startSchedule({ db, env, services: connect(db, env), now, startedAt: now() });
  const listed = schedule.ticks();
  expect(listed.map(({ name }) => name)).toEqual(ticks.map(({ name }) => name));
  for (const { name, nextAt } of listed) expect(nextAt, name).toBeInstanceOf(Date);
  expect(schedule.run("no-such-tick")).toBeNull();
  await schedule.run("drop-finished-jobs");
  const ran = schedule.ticks().find(({ name }) => name === "drop-finished-jobs");
  expect(ran).toMatchObject({ isRunning: false, last: { outcome: "done" } });
  await schedule.stop();
});

it("says of every tick what it does", () => {
  const { schedule } = JSON.parse(readFileSync("messages/en.json", "utf8"));
  const silent = ticks.filter(
    ({ name }) => !schedule.tick[name]?.name || !schedule.tick[name].what,
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});
