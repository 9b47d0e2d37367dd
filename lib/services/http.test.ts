import { describe, expect, it } from "vitest";
import { z } from "zod";
import { UpstreamError } from "@/lib/errors";
import { parseJson, retryAfter, withRetries } from "./http";

const now = new Date("2026-01-01T10:00:00Z");

describe("retryAfter", () => {
  const of = (value?: string) =>
    retryAfter(
      new Headers(value === undefined ? {} : { "retry-after": value }),
      now,
    )?.toISOString();

  it("reads seconds and dates", () => {
    expect(of("30")).toBe("2026-01-01T10:00:30.000Z");
    expect(of("Thu, 01 Jan 2026 11:00:00 GMT")).toBe("2026-01-01T11:00:00.000Z");
  });
  it("is never in the past and at most a day ahead", () => {
    expect(of("Thu, 01 Jan 2026 09:00:00 GMT")).toBe("2026-01-01T10:00:00.000Z");
    expect(of("999999")).toBe("2026-01-02T10:00:00.000Z");
  });
  it("is undefined when there is none, or none that makes sense", () => {
    expect([of(), of(""), of("soon")]).toEqual([undefined, undefined, undefined]);
  });
});

describe("parseJson", () => {
  const schema = z.object({ movie: z.object({ id: z.number() }) });
  const parse = (text: string) =>
    parseJson("tmdb", { status: 200, body: Buffer.from(text) }, schema);

  it("gives what the schema says", () => {
    expect(parse('{"movie": {"id": 1}, "more": true}')).toEqual({ movie: { id: 1 } });
  });
  it("names the field that is wrong and never its value", () => {
    const failure = () => parse('{"movie": {"id": "secret"}}');
    expect(failure).toThrow(UpstreamError);
    expect(failure).toThrow("movie.id");
    expect(failure).not.toThrow("secret");
  });
  it("takes an HTML page for broken", () => {
    expect(() => parse("<!DOCTYPE html>")).toThrow("not JSON");
  });
});

describe("withRetries", () => {
  const policy = { delaysMs: [1, 1], maxWaitMs: 1000, now: () => now };
  /** Fails with each of these, then answers; counts the tries. */
  function failing(...errors: Error[]) {
    const run = { tries: 0, call: async () => "answered" };
    run.call = async () => {
      run.tries++;
      const error = errors.shift();
      if (error) throw error;
      return "answered";
    };
    return run;
  }
  const fault = (name: UpstreamError["fault"], options?: { status?: number; retryAt?: Date }) =>
    new UpstreamError("tmdb", name, "as told", options);

  it("calls again after what passes by itself", async () => {
    const run = failing(fault("unreachable"), fault("broken", { status: 503 }));
    expect(await withRetries(policy, run.call)).toBe("answered");
    expect(run.tries).toBe(3);
  });

  it("stops after the last delay, with the last error", async () => {
    const run = failing(...Array.from({ length: 9 }, () => fault("rate-limited")));
    await expect(withRetries(policy, run.call)).rejects.toMatchObject({ fault: "rate-limited" });
    expect(run.tries).toBe(3);
  });

  it.each([
    ["a refused key", fault("credentials", { status: 401 })],
    ["a timeout, which was long enough", fault("timeout")],
    ["JSON of another shape", fault("broken", { status: 200 })],
    ["a fault of ours", new TypeError("ours")],
  ])("never repeats after %s", async (_, error) => {
    const run = failing(error);
    await expect(withRetries(policy, run.call)).rejects.toBe(error);
    expect(run.tries).toBe(1);
  });

  it("waits as long as it is told, unless that is too long", async () => {
    const waits: number[] = [];
    const soon = failing(fault("rate-limited", { retryAt: new Date(now.getTime() + 20) }));
    await withRetries({ ...policy, onRetry: (_, delayMs) => waits.push(delayMs) }, soon.call);
    expect(waits).toEqual([20]);

    const late = failing(fault("rate-limited", { retryAt: new Date(now.getTime() + 5000) }));
    await expect(withRetries(policy, late.call)).rejects.toMatchObject({ fault: "rate-limited" });
    expect(late.tries).toBe(1);
  });

  it("repeats only after the faults that are named", async () => {
    const only = { ...policy, only: ["rate-limited"] as const };
    const broken = failing(fault("broken", { status: 500 }));
    await expect(withRetries(only, broken.call)).rejects.toMatchObject({ fault: "broken" });
    expect(broken.tries).toBe(1);
    expect(await withRetries(only, failing(fault("rate-limited")).call)).toBe("answered");
  });

  it("ends the wait when it is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("a person cancelled");
    const run = failing(fault("unreachable"));
    const waiting = withRetries(
      {
        ...policy,
        delaysMs: [60_000],
        signal: controller.signal,
        onRetry: () => controller.abort(reason),
      },
      run.call,
    );
    await expect(waiting).rejects.toBe(reason);
  });
});
