import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { installPeerHeader, markRequest } from "./peer";
import { visitFacts } from "./visit";

/** What pages see of a request after it was marked. */
function visit(sent: Record<string, string>, variables: Record<string, string>) {
  const env = readEnv(variables, "/nowhere");
  const request = new IncomingMessage(new Socket());
  request.httpVersion = "1.1";
  Object.assign(request.headers, sent);
  markRequest(request, { trustProxy: env.values.VIGILIO_TRUST_PROXY ?? false });
  installPeerHeader({ trustProxy: false });
  return visitFacts(new Headers(request.headers as Record<string, string>), env);
}

const proxied = { "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https" };

it("tells a proxy that is not believed from one that is", () => {
  expect(visit(proxied, {})).toMatchObject({ isProxied: true, trustsProxy: false, isHttps: false });
  expect(visit(proxied, { VIGILIO_TRUST_PROXY: "true" })).toMatchObject({
    ...{ isProxied: true, trustsProxy: true, isHttps: true },
  });
  expect(visit({}, { VIGILIO_URL: "https://films.example", PORT: "8443" })).toMatchObject({
    ...{ isProxied: false, isHttps: true, port: 8443 },
  });
});
