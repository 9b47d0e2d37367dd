/**
 * Answers with one line of JSON per value (application/x-ndjson), each sent as it is written. What
 * goes wrong before the first line is thrown, so that it can have a status; later the stream breaks.
 *
 * @param work ends the stream when it is done; its signal is aborted when the reader leaves.
 */
export async function lineStream(
  left: AbortSignal,
  work: (write: (value: unknown) => void, signal: AbortSignal) => Promise<unknown>,
): Promise<Response> {
  const encoder = new TextEncoder();
  const leaving = new AbortController();
  const signal = AbortSignal.any([left, leaving.signal]);
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let begun: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      leaving.abort();
    },
  });
  const write = (value: unknown) => {
    if (signal.aborted) return;
    controller?.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    begun();
  };
  const ended = work(write, signal);
  ended.then(
    () => {
      if (!leaving.signal.aborted) controller?.close();
    },
    (error) => {
      if (!leaving.signal.aborted) controller?.error(error);
    },
  );
  await Promise.race([first, ended]);
  return new Response(body, {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      // Nothing on the way may wait for more: not a proxy, and not what compresses.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    },
  });
}
