import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as webhook from "@/app/api/v1/webhooks/[id]/route";
import * as test from "@/app/api/v1/webhooks/[id]/test/route";
import * as list from "@/app/api/v1/webhooks/route";
import { call } from "./support/search-site";
import { webhookSite } from "./support/webhook-site";

let site: Awaited<ReturnType<typeof webhookSite>>;
beforeEach(async () => {
  site = await webhookSite();
});
afterEach(() => site[Symbol.asyncDispose]());

describe("/api/v1/webhooks", () => {
  it("are made with a secret that is shown once, changed and removed", async () => {
    const made = await call(list.POST, { body: { url: "https://example.org/hook" } });
    expect(made).toMatchObject({
      status: 201,
      data: { events: ["movie.ready", "movie.failed"], enabled: true, deliveries: [] },
    });
    const { id, secret } = made.data;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await call(list.GET);
    expect(listed.data).toMatchObject({ total: 2 });
    expect(JSON.stringify(listed.data)).not.toContain("whsec_");

    const changed = await call(webhook.PATCH, {
      params: { id },
      body: { events: ["movie.failed"], enabled: false },
    });
    expect(changed.data).toMatchObject({ events: ["movie.failed"], enabled: false });
    expect(JSON.stringify(changed.data)).not.toContain("whsec_");
    expect((await call(webhook.DELETE, { params: { id } })).status).toBe(204);
    expect((await call(webhook.DELETE, { params: { id } })).status).toBe(404);
  });

  it.each([
    [{ url: "ftp://example.org/" }, "url"],
    [{ url: "nowhere" }, "url"],
    [{ url: "https://example.org/", events: [] }, "events"],
    [{ url: "https://example.org/", events: ["movie.added"] }, "events.0"],
    [{ url: "https://example.org/", secret: "mine" }, "body"],
  ])("are refused by field: %j", async (body, field) => {
    const { status, data } = await call(list.POST, { body });
    expect([status, Object.keys(data.errors)]).toEqual([422, [field]]);
  });

  it("are twenty at most", async () => {
    for (let count = 1; count < 20; count += 1) {
      expect((await call(list.POST, { body: { url: "https://example.org/" } })).status).toBe(201);
    }
    expect((await call(list.POST, { body: { url: "https://example.org/" } })).status).toBe(422);
  });

  it("are tried at once, with what came of it in words", async () => {
    const params = { id: site.webhookId };
    expect((await call(test.POST, { params })).data).toEqual({
      ...{ delivered: true, answeredStatus: 204, detail: null },
    });
    expect(site.receiver.taken[0]).toMatchObject({ type: "test", movie: { title: "Test" } });
    site.receiver.fail({ status: 500, body: "stack trace" });
    const refused = await call(test.POST, { params });
    expect(refused.data).toMatchObject({ delivered: false, answeredStatus: 500 });
    expect(refused.data.detail).toContain("500");
    const { deliveries } = (await call(list.GET)).data.items[0];
    expect(deliveries).toMatchObject([
      { type: "test", status: "failed", attempts: 1, detail: refused.data.detail },
      { type: "test", status: "delivered" },
    ]);
    expect(JSON.stringify(deliveries)).not.toContain("stack trace");
    // A test is not tried again by itself.
    expect(site.webhookJobs()).toEqual([]);
  });

  it("forget why they were switched off once a person switches them on", async () => {
    site.receiver.fail({ status: 410 });
    const params = { id: site.webhookId };
    await call(test.POST, { params });
    expect((await call(list.GET)).data.items[0]).toMatchObject({
      ...{ enabled: false, offDetail: expect.stringContaining("410") },
    });
    const changed = await call(webhook.PATCH, { params, body: { enabled: true } });
    expect(changed.data).toMatchObject({ enabled: true, offDetail: null });
  });
});
