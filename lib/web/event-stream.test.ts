import { expect, it } from "vitest";
import { eventStream, sinceOf } from "./event-stream";

const now = new Date("2026-01-01T00:00:00Z");

it.each([
  [null, -5000],
  ["", -5000],
  ["no number", -5000],
  [String(now.getTime() - 8000), -8000],
  [String(now.getTime() + 5000), -5000],
  [String(now.getTime() - 3_600_000), -5000],
])("a stream that is opened with %o begins %d ms from now", (lastEventId, offsetMs) => {
  expect(sinceOf(lastEventId, now).getTime() - now.getTime()).toBe(offsetMs);
});

it("tells with every event how far the reader has been told", async () => {
  const stop = new AbortController();
  const response = eventStream({
    signal: stop.signal,
    since: now,
    now: () => new Date(now.getTime() + 1000),
    changesSince: () => [{ event: "ready", data: { id: "a" } }],
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(`retry: 3000\nid: ${now.getTime()}\n\n`);
  expect((await reader?.read())?.value).toBe(
    `event: ready\ndata: {"id":"a"}\nid: ${now.getTime() + 1000}\n\n`,
  );
  stop.abort();
});
