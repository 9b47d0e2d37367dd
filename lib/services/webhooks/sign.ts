import { createHmac } from "node:crypto";

/** What every secret begins with, so that scanners of published code recognise it. */
const secretPrefix = "whsec_";

/**
 * The `webhook-signature` of Standard Webhooks: version 1, HMAC-SHA256 over id, time and body as
 * they are sent, with the bytes that the secret's base64 stands for.
 */
export function signatureOf(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  const key = Buffer.from(secret.slice(secretPrefix.length), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return `v1,${digest}`;
}
