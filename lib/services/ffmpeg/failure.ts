import { type Reason, reason } from "@/lib/errors";

/** ffmpeg or ffprobe did not do what was asked; `reason` is for people, `detail` for the log. */
export class FfmpegError extends Error {
  constructor(
    readonly reason: Reason,
    /** The end of what ffmpeg printed: technical, may hold file names, never shown to members. */
    readonly detail: string,
    options: { cause?: unknown } = {},
  ) {
    super(`${reason.code}: ${detail}`, options);
    this.name = "FfmpegError";
  }

  /** True when the file itself is at fault: it will be the same at the next try. */
  get isAboutFile(): boolean {
    return this.reason.code.startsWith("media-") && !aboutDisk.has(this.reason.code);
  }
}

/** Of the reasons that speak of the file, those that the disk gives: they may be gone tomorrow. */
const aboutDisk = new Set([
  ...["media-disk-full", "media-disk-read-only", "media-disk-error"],
  ...["media-file-missing", "media-no-permission"],
]);

/** What ffmpeg prints, and what it means. The first that fits wins, so the order is by certainty. */
const signs: [RegExp, string][] = [
  [/No space left on device|Disk quota exceeded/i, "media-disk-full"],
  [/Read-only file system/i, "media-disk-read-only"],
  [/Permission denied|Operation not permitted/i, "media-no-permission"],
  [/Input\/output error/i, "media-disk-error"],
  [/Format not on whitelist/i, "media-not-video"],
  [/No such file or directory/i, "media-file-missing"],
  [/Unknown encoder|Encoder not found|No such filter|Unrecognized option/i, "ffmpeg-too-small"],
  [/Cannot allocate memory|out of memory/i, "ffmpeg-killed"],
  [
    /Invalid data found|moov atom not found|EBML header parsing failed|could not find codec parameters|does not contain any stream|matches no streams|Error while decoding|Invalid argument/i,
    "media-unreadable",
  ],
];

/** What ended a run, as far as the operating system tells. */
export interface Ending {
  exitCode?: number | undefined;
  signal?: string | undefined;
  timedOut: boolean;
  /** `ENOENT` and the like when the program could not be started. */
  spawnCode?: string | undefined;
}

/** Says in a reason why a run failed, from how it ended and the end of its error output. */
export function classifyFailure(ending: Ending, stderr: string): Reason {
  if (ending.spawnCode === "ENOENT") return reason("ffmpeg-missing");
  if (ending.spawnCode) return reason("ffmpeg-not-started");
  if (ending.timedOut) return reason("ffmpeg-timeout");
  // A signal that we did not send: nearly always the system, short of memory. What was printed
  // before says nothing about that, since films with small faults are complained about as well.
  if (ending.signal === "SIGKILL" || ending.signal === "SIGTERM") return reason("ffmpeg-killed");
  for (const [pattern, code] of signs) if (pattern.test(stderr)) return reason(code);
  return reason("ffmpeg-failed");
}
