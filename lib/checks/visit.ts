import type { Check } from "./schema";

/** How whoever looks at the checks came here. */
export interface VisitFacts {
  /** By a browser's padlock, as far as Vigilio can tell. */
  isHttps: boolean;
  /** From this machine itself, with nothing between. */
  isLocal: boolean;
  isProxied: boolean;
  trustsProxy: boolean;
  /** What is listened on. */
  host: string;
  port: number;
}

const area = "security";

const isLoopbackHost = (host: string) => /^(127\.|localhost$|::1$|\[::1\]$)/.test(host);

/** Whether others can read along, and whether Vigilio knows who really comes. */
export function checkVisit(visit: VisitFacts): Check[] {
  return [checkHttps(visit), checkProxy(visit)];
}

function checkHttps({ isHttps, isLocal, host, port }: VisitFacts): Check {
  const about = { area, name: "https" } as const;
  if (isHttps) return { ...about, state: "fine", told: "https-fine" };
  // Signs of a proxy count even when its words do not.
  if (isLoopbackHost(host)) return { ...about, state: "fine", told: "https-loopback" };
  const values = { host, port: String(port) };
  const told = isLocal ? "https-open" : "https-none";
  return { ...about, state: "look", told, values };
}

function checkProxy({ isProxied, trustsProxy, isLocal }: VisitFacts): Check {
  const about = { area, name: "proxy" } as const;
  if (isProxied && !trustsProxy) return { ...about, state: "look", told: "proxy-unbelieved" };
  if (!isProxied && trustsProxy && !isLocal) {
    return { ...about, state: "look", told: "proxy-passed-by" };
  }
  return { ...about, state: "fine", told: isProxied ? "proxy-fine" : "proxy-none" };
}
