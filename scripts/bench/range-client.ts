import { connect, type Socket } from "node:net";

const headerEnd = Buffer.from("\r\n\r\n");

export interface Reply {
  status: number;
  bytes: number;
  /** From the request's first byte to the answer's last. */
  elapsedMs: number;
}

/**
 * Asks for bytes of one file over one connection that stays open, as a player does, and costs as
 * little as it can: it reads into one buffer of its own, so that the server is what is measured.
 * One request at a time.
 */
export class RangeClient {
  #onData: (chunk: Buffer) => void = () => {};
  #onEnd: (error: Error) => void = () => {};
  #socket: Socket;

  constructor(
    private readonly url: URL,
    private readonly headers: Record<string, string> = {},
  ) {
    this.#socket = connect({
      port: Number(url.port),
      host: url.hostname,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(1024 * 1024),
        callback: (length: number, buffer: Uint8Array) => {
          this.#onData(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    this.#socket.on("error", (error) => this.#onEnd(error));
    this.#socket.on("close", () => this.#onEnd(new Error("the server closed the connection")));
  }

  /**
   * @param range first and last byte; the whole file when absent.
   * @param onBytes sees each piece of the body; it lies in a buffer that is used again.
   * @throws Error when the connection ends before the answer does.
   */
  get(range?: [first: number, last: number], onBytes?: (bytes: Buffer) => void): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      let head: Buffer | null = Buffer.alloc(0);
      let status = 0;
      let expected = 0;
      let bytes = 0;
      this.#onEnd = reject;
      this.#onData = (chunk) => {
        let body = chunk;
        if (head) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf(headerEnd);
          if (end < 0) return;
          const text = head.toString("latin1", 0, end);
          status = Number(text.slice(9, 12));
          expected = Number(/^content-length: (\d+)/im.exec(text)?.[1]);
          body = head.subarray(end + headerEnd.length);
          head = null;
        }
        bytes += body.length;
        onBytes?.(body);
        if (bytes < expected) return;
        resolve({ status, bytes, elapsedMs: performance.now() - startedAt });
      };
      const lines = Object.entries({
        host: this.url.host,
        ...this.headers,
        ...(range ? { range: `bytes=${range[0]}-${range[1]}` } : {}),
      }).map(([name, value]) => `${name}: ${value}\r\n`);
      this.#socket.write(`GET ${this.url.pathname} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
  }

  close(): void {
    this.#onEnd = () => {};
    this.#socket.destroy();
  }
}
