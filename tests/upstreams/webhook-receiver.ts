import { createHmac, timingSafeEqual } from "node:crypto";
import { type LoggedRequest, type StandIn, startStandIn } from "./server";

export interface WebhookReceiver extends StandIn {
  /** Where messages go. */
  url: string;
  /** Bodies of what was taken, oldest first. */
  taken: Record<string, unknown>[];
}

/** What Standard Webhooks asks of a receiver: the three headers, a fresh time, a good signature. */
function isSigned({ headers, body }: LoggedRequest, secret: string): boolean {
  const id = String(headers["webhook-id"] ?? "");
  const timestamp = String(headers["webhook-timestamp"] ?? "");
  if (!/^\d{10}$/.test(timestamp)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return String(headers["webhook-signature"] ?? "")
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}

/**
 * A receiver of webhooks that takes what is signed with its secret (204) and refuses the rest (401).
 *
 * @param secret of the moment: it is known once the webhook was made.
 */
export async function startWebhookReceiver(secret: () => string): Promise<WebhookReceiver> {
  const taken: Record<string, unknown>[] = [];
  const standIn = await startStandIn((request) => {
    if (request.path !== "/hook") return { status: 404 };
    if (request.method !== "POST" || !isSigned(request, secret())) return { status: 401 };
    taken.push(JSON.parse(request.body));
    return { status: 204 };
  });
  return { ...standIn, url: `${standIn.origin}/hook?token=in-the-address`, taken };
}
