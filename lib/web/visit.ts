import type { VisitFacts } from "@/lib/checks/visit";
import type { Env } from "@/lib/env";
import { isHttps } from "./origin";
import { cameThroughProxy, isLoopbackVisitor } from "./peer";

/** How a request came here. */
export function visitFacts(headers: Pick<Headers, "get">, env: Env): VisitFacts {
  const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustsProxy = false } = env.values;
  return {
    isHttps: isHttps(headers, { publicUrl, trustProxy: trustsProxy }),
    isLocal: isLoopbackVisitor(headers),
    isProxied: cameThroughProxy(headers),
    trustsProxy,
    host: env.host,
    port: env.port,
  };
}
