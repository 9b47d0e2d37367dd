import { expect, it } from "vitest";
import { readLines } from "./read-lines";
import { keptOrder } from "./steady";

it("keeps what is on the screen where it is", () => {
  const item = (key: string, seeds = 0) => ({ key, seeds });
  expect(keptOrder([], [item("b"), item("a")])).toEqual([item("b"), item("a")]);
  const newer = [item("c"), item("a", 5), item("b", 9), item("d")];
  expect(keptOrder([item("b"), item("gone"), item("a")], newer)).toEqual([
    ...[item("b", 9), item("a", 5), item("c"), item("d")],
  ]);
});

it("reads lines that arrive in pieces, in the middle of a letter too", async () => {
  const bytes = new TextEncoder().encode('{"a":"é"}\n\n{"a":2}\n');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const read: unknown[] = [];
  for await (const value of readLines(body)) read.push(value);
  expect(read).toEqual([{ a: "é" }, { a: 2 }]);
});
