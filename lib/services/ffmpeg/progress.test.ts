import { expect, test } from "vitest";
import { progressReader } from "./progress";

const block = (outTimeMicros: string, speed: string, end = false) =>
  `frame=10\nfps=25.00\nout_time_us=${outTimeMicros}\nout_time_ms=${outTimeMicros}\nout_time=00:00:01.000000\nspeed=${speed}\nprogress=${end ? "end" : "continue"}\n`;

test("counts share and time that is left", () => {
  const read = progressReader(100);
  expect(read(block("25000000", "5.0x"))).toEqual({
    fraction: 0.25,
    outTimeSeconds: 25,
    speed: 5,
    remainingSeconds: 15,
  });
});

test("lines may be cut anywhere, and the last whole block counts", () => {
  const read = progressReader(100);
  const text = block("10000000", "1x") + block("20000000", "2x");
  const seen = [...text].map((letter) => read(letter)).filter((state) => state !== undefined);
  expect(seen.map((state) => state.outTimeSeconds)).toEqual([10, 20]);
  expect(progressReader(100)(text)?.outTimeSeconds).toBe(20);
});

test("what ffmpeg does not know yet is null, and never goes back", () => {
  const read = progressReader(100);
  expect(read(block("N/A", "N/A"))).toEqual({
    fraction: 0,
    outTimeSeconds: 0,
    speed: null,
    remainingSeconds: null,
  });
  read(block("5000000", "1x"));
  expect(read(block("-9223372036854775807", "N/A"))?.outTimeSeconds).toBe(5);
});

test("without a length there is no share, and the end is the whole", () => {
  const read = progressReader(undefined);
  expect(read(block("5000000", "1x"))).toMatchObject({ fraction: null, remainingSeconds: null });
  expect(read(block("5000000", "1x", true))).toMatchObject({ fraction: 1, remainingSeconds: 0 });
});

test("a film longer than was said stays at the whole", () => {
  expect(progressReader(10)(block("12000000", "1x"))).toMatchObject({
    fraction: 1,
    remainingSeconds: 0,
  });
});

test("no time is told from the first moments, in which speeds mean nothing", () => {
  const read = progressReader(7200);
  expect(read(block("78", "2.14e-05x"))?.remainingSeconds).toBeNull();
  expect(read(block("9900000", "200x"))?.remainingSeconds).toBeNull();
  expect(read(block("10000000", "2x"))?.remainingSeconds).toBe(3595);
  expect(progressReader(10)(block("1000000", "0.5x"))?.remainingSeconds).toBe(18);
});
