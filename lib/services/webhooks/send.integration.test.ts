import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/tests/upstreams/webhook-receiver";
import { sendWebhook } from "./send";
import { signatureOf } from "./sign";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = new Date("2026-01-01T00:00:00Z");
let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startWebhookReceiver(() => secret);
});
afterEach(() => receiver.close());

const send = (given: { url?: string; secret?: string; timeoutMs?: number } = {}) => {
  const { url = receiver.url, timeoutMs = 5000 } = given;
  const message = { url, secret: given.secret ?? secret, id: "a1", body: '{"title":"Amélie"}' };
  return sendWebhook(message, { now, timeoutMs, signal: new AbortController().signal });
};

describe("a signature", () => {
  it("is the one that Standard Webhooks gives as its example", () => {
    const message = {
      ...{ id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330 },
      body: '{"test": 2432232314}',
    };
    expect(signatureOf(secret, message)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("is refused when another secret made it", async () => {
    expect(await send({ secret: "whsec_AAAA" })).toMatchObject({ status: 401 });
    expect(await send()).toMatchObject({ status: 204 });
  });
});

describe("a message", () => {
  it("is not waited for without an end", async () => {
    receiver.fail("slow");
    expect(await send({ timeoutMs: 100 })).toEqual({ fault: "timeout" });
  });

  it("tells of a receiver that is not there", async () => {
    await receiver.close();
    expect(await send()).toEqual({ fault: "unreachable" });
  });

  it.each([
    ["http://169.254.169.254/", "private"],
    ["http://0.0.0.0/", "private"],
    ["nowhere", "address"],
  ])("does not go to %s", async (url, fault) => {
    expect(await send({ url })).toEqual({ fault });
  });

  it("ends with whoever sends it", async () => {
    receiver.fail("slow");
    const controller = new AbortController();
    const sent = sendWebhook(
      { url: receiver.url, secret, id: "a1", body: "{}" },
      { now, signal: controller.signal },
    );
    controller.abort(new Error("stopping"));
    await expect(sent).rejects.toThrow("stopping");
  });
});
