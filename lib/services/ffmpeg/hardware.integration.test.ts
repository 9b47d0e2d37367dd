import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findHardware } from "./hardware";

const real = process.env.FFMPEG_PATH ?? "ffmpeg";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vigilio-hardware-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * An ffmpeg that writes down what it is asked for, and hands it to the real one; with `chip` it says
 * yes to that encoder, as on a machine that has it.
 */
function ffmpegWith({ version = "1", chip = "none" } = {}) {
  const path = join(folder, "ffmpeg");
  const log = join(folder, "runs");
  writeFileSync(log, "");
  const script = [
    "#!/bin/sh",
    `case "$*" in *-version*) echo "ffmpeg version ${version}"; exit 0;; esac`,
    `echo "$@" >> ${log}`,
    `case "$*" in *" ${chip} "*) exit 0;; esac`,
    `exec ${real} "$@"`,
  ];
  writeFileSync(path, script.join("\n"));
  chmodSync(path, 0o755);
  const tried = () => readFileSync(log, "utf8").match(/h264_\w+/g) ?? [];
  return { path, tried };
}

/** What looks like a chip, and is none. */
function deadDevice(): string {
  const deviceFolder = join(folder, "dri");
  mkdirSync(deviceFolder, { recursive: true });
  writeFileSync(join(deviceFolder, "renderD128"), "");
  return deviceFolder;
}

test("a chip that is only named does not count: the real ffmpeg has to encode with it", async () => {
  const ffmpeg = ffmpegWith();
  const search = { ffmpegPath: ffmpeg.path, deviceFolder: deadDevice() };
  expect(await findHardware(search)).toBeNull();
  expect(ffmpeg.tried()).toEqual(["h264_nvenc", "h264_qsv", "h264_vaapi"]);
});

test("nothing is tried again until ffmpeg is another one", async () => {
  const first = ffmpegWith({ version: "7" });
  const search = { ffmpegPath: first.path, deviceFolder: join(folder, "none") };
  await Promise.all([findHardware(search), findHardware(search)]);
  await findHardware(search);
  expect(first.tried()).toEqual(["h264_nvenc"]);
  const second = ffmpegWith({ version: "8", chip: "h264_nvenc" });
  expect(await findHardware(search)).toEqual({ kind: "nvenc", device: null });
  await findHardware(search);
  expect(second.tried()).toEqual(["h264_nvenc"]);
});

test("the first that works is taken, by the node that it was tried with", async () => {
  const ffmpeg = ffmpegWith({ chip: "h264_vaapi" });
  const deviceFolder = deadDevice();
  const device = join(deviceFolder, "renderD128");
  const found = await findHardware({ ffmpegPath: ffmpeg.path, deviceFolder });
  expect(found).toEqual({ kind: "vaapi", device });
});
