/** Names of the server-sent events of GET /api/v1/events. */
export type EventName = "download" | "job" | "movie" | "ready" | "request" | "schedule";

/** What an event carries: the id of what changed and its new fields. */
export type EventFields = Record<string, unknown>;

interface Listener {
  names: readonly EventName[];
  onEvent: (name: EventName, fields: EventFields) => void;
  /** Also what was told this long before it began to listen; nothing when it is left out. */
  fromMsAgo?: number;
  /** The stream broke, or came back. While it is broken whoever listens asks by itself. */
  onConnection: (connected: boolean) => void;
}

const allNames: readonly EventName[] = [
  ...(["download", "job", "movie", "ready", "request", "schedule"] as const),
];
const retryAfterMs = 30_000;
/** From one page to the next nobody listens for a moment: that is no reason to close it. */
const closeAfterMs = 5000;
const keptForMs = 10_000;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;
let recent: { name: EventName; fields: EventFields; at: number }[] = [];

function parse(data: unknown): EventFields {
  try {
    const fields: unknown = JSON.parse(String(data));
    return typeof fields === "object" && fields !== null ? (fields as EventFields) : {};
  } catch {
    return {};
  }
}

function tell(connected: boolean) {
  for (const listener of listeners) listener.onConnection(connected);
}

function open() {
  clearTimeout(retry);
  const stream = new EventSource("/api/v1/events");
  source = stream;
  stream.onopen = () => tell(true);
  stream.onerror = () => {
    // A dropped line is taken up again by the browser; an answer that is no stream is not.
    tell(false);
    if (stream.readyState !== EventSource.CLOSED) return;
    close();
    if (listeners.size > 0) retry = setTimeout(open, retryAfterMs);
  };
  for (const name of allNames) {
    stream.addEventListener(name, (event) => {
      const fields = parse(event.data);
      const at = Date.now();
      recent = [...recent.filter((one) => at - one.at < keptForMs), { name, fields, at }];
      for (const listener of listeners) {
        if (listener.names.includes(name)) listener.onEvent(name, fields);
      }
    });
  }
}

function close() {
  clearTimeout(retry);
  clearTimeout(closing);
  source?.close();
  source = null;
}

/** Listens to the one stream that a tab keeps open while anybody listens. Returns how to stop. */
export function listen(listener: Listener): () => void {
  clearTimeout(closing);
  listeners.add(listener);
  if (!source) open();
  const from = Date.now() - (listener.fromMsAgo ?? 0);
  for (const { name, fields, at } of recent) {
    if (at >= from && listener.names.includes(name)) listener.onEvent(name, fields);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) closing = setTimeout(close, closeAfterMs);
  };
}
