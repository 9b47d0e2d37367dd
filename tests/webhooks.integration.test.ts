import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jobs, webhookDeliveries, webhooks } from "@/db/schema";
import { retryJob } from "@/lib/queue/commands";
import { setVersionStatus } from "@/lib/versions/mutations";
import { webhookBody } from "@/lib/webhooks/schema";
import { webhookSite } from "./support/webhook-site";

let site: Awaited<ReturnType<typeof webhookSite>>;
beforeEach(async () => {
  site = await webhookSite();
});
afterEach(() => site[Symbol.asyncDispose]());

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const delivery = () => site.db.select().from(webhookDeliveries).all().at(-1);
const reaches = (status: string) =>
  eventually(() => expect(site.webhookJobs()[0]?.status).toBe(status));

/** Fails once, as told, and is looked at when that was written down. */
async function afterOneFailure() {
  site.becomes(site.movieInTheMaking().versionId, "ready");
  await site.start();
  await eventually(() => expect(delivery()?.attempts).toBe(1));
  await eventually(() => expect(site.webhookJobs()[0]?.status).not.toBe("running"));
}

describe("a webhook", () => {
  it("is told, signed, that a movie can be watched", async () => {
    const { movieId, versionId } = site.movieInTheMaking();
    site.becomes(versionId, "ready");
    await site.start();
    await eventually(() => expect(site.receiver.taken).toHaveLength(1));
    const [message] = site.receiver.taken;
    expect(webhookBody.parse(message)).toEqual({
      ...{ id: delivery()?.id, type: "movie.ready", at: expect.any(String) },
      movie: { id: movieId, title: "Heat", year: 1995, imdbId: "tt0113277", status: "ready" },
    });
    const [request] = site.receiver.requests;
    expect(request?.headers["webhook-id"]).toBe(message?.id);
    expect(request?.headers["content-type"]).toBe("application/json");
    await eventually(() =>
      expect(delivery()).toMatchObject({ status: "delivered", answeredStatus: 204, attempts: 1 }),
    );
  });

  it("is told that one failed, once for each change", async () => {
    const { versionId } = site.movieInTheMaking();
    site.becomes(versionId, "failed");
    site.becomes(versionId, "failed");
    await site.start();
    await eventually(() => expect(site.receiver.taken).toHaveLength(1));
    site.becomes(versionId, "processing");
    site.becomes(versionId, "ready");
    site.later(0);
    await eventually(() => expect(site.receiver.taken).toHaveLength(2));
    expect(site.receiver.taken.map(({ type }) => type)).toEqual(["movie.failed", "movie.ready"]);
  });

  it("is told only what it wants to know, and nothing while it is off", async () => {
    const { db, webhookId } = site;
    db.update(webhooks)
      .set({ events: ["movie.failed"] })
      .run();
    site.becomes(site.movieInTheMaking().versionId, "ready");
    expect(site.webhookJobs()).toEqual([]);
    site.becomes(site.movieInTheMaking().versionId, "failed");
    expect(site.webhookJobs()).toHaveLength(1);
    db.update(webhooks).set({ enabled: false }).where(eq(webhooks.id, webhookId)).run();
    site.becomes(site.movieInTheMaking().versionId, "failed");
    expect(site.webhookJobs()).toHaveLength(1);
    await site.start();
    await reaches("failed");
    expect(delivery()).toMatchObject({ status: "failed", reason: { code: "webhook-off" } });
    expect(site.receiver.requests).toEqual([]);
  });
});

describe("a message that is not taken", () => {
  it.each([
    [{ status: 500 }, "webhook-refused", 500],
    [{ status: 404, body: "who are you?" }, "webhook-refused", 404],
    ["html" as const, "webhook-refused", 502],
    ["down" as const, "webhook-unreachable", null],
  ])("(%j) is sent again later, the same", async (failure, code, status) => {
    site.receiver.fail(failure);
    await afterOneFailure();
    expect(delivery()).toMatchObject({
      ...{ status: "queued", answeredStatus: status, reason: { code } },
    });
    expect(site.webhookJobs()[0]).toMatchObject({ status: "queued", attempts: 1 });
    site.later(60_000);
    await eventually(() => expect(site.receiver.taken).toHaveLength(1));
    const [first, second] = site.receiver.requests;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    // Signed anew, at the time of this attempt: receivers refuse what is old.
    expect(Number(second?.headers["webhook-timestamp"])).toBeGreaterThanOrEqual(
      Number(first?.headers["webhook-timestamp"]) + 60,
    );
  });

  it("is tried five times, with growing pauses", async () => {
    site.receiver.failAlways({ status: 503 });
    await afterOneFailure();
    const pauses: number[] = [];
    for (let attempts = 2; attempts <= 5; attempts += 1) {
      const job = site.webhookJobs()[0];
      pauses.push(Math.round(((job?.runAt.getTime() ?? 0) - site.now().getTime()) / 1000));
      site.later(3_600_000);
      await eventually(() => expect(delivery()?.attempts).toBe(attempts));
      await eventually(() => expect(site.webhookJobs()[0]?.status).not.toBe("running"));
    }
    expect(pauses.every((pause, at) => pause > (pauses[at - 1] ?? 0))).toBe(true);
    expect(site.webhookJobs()[0]).toMatchObject({ status: "failed", attempts: 5 });
    expect(delivery()).toMatchObject({ status: "failed", answeredStatus: 503 });
    site.later(86_400_000);
    site.receiver.failAlways(null);
    // A person may still try again.
    retryJob(site.db, site.webhookJobs()[0]?.id ?? "", site.now());
    site.later(0);
    await eventually(() => expect(delivery()?.status).toBe("delivered"));
    expect(site.receiver.requests).toHaveLength(6);
  });

  it("waits as long as the receiver asks", async () => {
    site.receiver.fail({ status: 429, headers: { "retry-after": "1800" } });
    await afterOneFailure();
    const waitMs = (site.webhookJobs()[0]?.runAt.getTime() ?? 0) - site.now().getTime();
    expect(waitMs).toBeGreaterThan(1_700_000);
    expect(waitMs).toBeLessThan(1_900_000);
  });

  it("goes nowhere else: a redirect is not followed", async () => {
    const location = `${site.receiver.origin}/elsewhere`;
    site.receiver.fail({ status: 307, headers: { location } });
    await afterOneFailure();
    expect(delivery()?.reason).toEqual({ code: "webhook-redirected", values: { status: 307 } });
    expect(site.receiver.requests.map(({ path }) => path)).toEqual(["/hook"]);
  });

  it("switches the webhook off when the receiver is gone for good (410)", async () => {
    site.receiver.fail({ status: 410 });
    await afterOneFailure();
    expect(site.webhookJobs()[0]?.status).toBe("failed");
    expect(site.db.select().from(webhooks).get()).toMatchObject({
      ...{ enabled: false, offReason: { code: "webhook-gone" } },
    });
    site.becomes(site.movieInTheMaking("Ronin").versionId, "ready");
    expect(site.webhookJobs()).toHaveLength(1);
  });

  it("never leads to where machines in a cloud keep keys", async () => {
    site.db.update(webhooks).set({ url: "http://169.254.169.254/latest" }).run();
    await afterOneFailure();
    expect(site.webhookJobs()[0]?.status).toBe("failed");
    expect(delivery()?.reason).toEqual({ code: "webhook-not-allowed" });
  });

  it("leaves no secret and no address behind in the job", async () => {
    site.receiver.fail({ status: 500, body: "internal" });
    await afterOneFailure();
    const row = JSON.stringify(site.webhookJobs());
    for (const hidden of [site.secret, "in-the-address", site.receiver.origin, "internal"]) {
      expect(row).not.toContain(hidden);
    }
  });
});

describe("a kill", () => {
  it("between the change and the message loses nothing", async () => {
    const { versionId } = site.movieInTheMaking();
    site.becomes(versionId, "ready");
    // Nothing has run yet; the next start finds the job beside the change.
    await site.start();
    await eventually(() => expect(site.receiver.taken).toHaveLength(1));
  });

  it("before the change is stored leaves no message behind", () => {
    const { versionId } = site.movieInTheMaking();
    const cutOff = () =>
      site.db.transaction((tx) => {
        setVersionStatus(tx, versionId, "ready", null, site.now());
        throw new Error("cut off");
      });
    expect(cutOff).toThrow("cut off");
    expect(site.versionStatus(versionId)).toBe("processing");
    expect(site.webhookJobs()).toEqual([]);
    expect(delivery()).toBeUndefined();
  });

  it("while it is sent sends it again, with the same id", async () => {
    site.becomes(site.movieInTheMaking().versionId, "ready");
    site.db.update(jobs).set({ status: "running", bootId: "dead", attempts: 1 }).run();
    await site.start();
    await eventually(() => expect(site.receiver.taken).toHaveLength(1));
    expect(site.receiver.taken[0]?.id).toBe(delivery()?.id);
  });

  it("after it was taken sends nothing twice", async () => {
    site.becomes(site.movieInTheMaking().versionId, "ready");
    await site.start();
    await reaches("succeeded");
    site.db.update(jobs).set({ status: "running", bootId: "dead", finishedAt: null }).run();
    await site.start();
    await reaches("succeeded");
    expect(site.receiver.requests).toHaveLength(1);
  });
});
