import { z } from "zod";
import { settingDefinitions } from "./schema";

const empty = z.string().trim().max(100);

/** A number as people write it, with a point or a comma; an empty field is none. */
function numberOr<Schema extends z.ZodType<unknown, number | null>>(schema: Schema) {
  return empty
    .transform((text, context) => {
      if (text === "") return null;
      const value = Number(text.replace(",", "."));
      if (Number.isFinite(value)) return value;
      context.addIssue({ code: "custom", message: "number-out-of-range" });
      return z.NEVER;
    })
    .pipe(schema);
}

const json = z
  .string()
  .max(20_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "field-invalid" });
      return z.NEVER;
    }
  });

const {
  downloadKibibytesPerSecond,
  uploadKibibytesPerSecond,
  speedWindows,
  bittorrentPort,
  deadMetadataMinutes,
  deadNoSeedsHours,
} = settingDefinitions;

/** The form of the speed limits; the windows come as JSON, as their list holds them. */
export const speedForm = z.object({
  downloadKibibytesPerSecond: numberOr(downloadKibibytesPerSecond.schema),
  uploadKibibytesPerSecond: numberOr(uploadKibibytesPerSecond.schema),
  speedWindows: json.pipe(speedWindows.schema),
});

/** What the list of interfaces sends for one that it does not have; no interface is called so. */
const otherChoice = "*";

/** The form of the port and the network interface. */
export const networkForm = z
  .object({
    bittorrentPort: numberOr(bittorrentPort.schema),
    bittorrentInterface: empty,
    otherInterface: empty.default(""),
  })
  .transform(({ bittorrentInterface, otherInterface, ...rest }) => ({
    ...rest,
    bittorrentInterface:
      (bittorrentInterface === otherChoice ? otherInterface : bittorrentInterface) || null,
  }));

/** The form of what counts as dead, and what is done then. Radix's switch sends "on", or nothing. */
export const deadForm = z.object({
  deadMetadataMinutes: numberOr(deadMetadataMinutes.schema),
  deadNoSeedsHours: numberOr(deadNoSeedsHours.schema),
  replaceDeadReleases: z
    .literal("on")
    .optional()
    .transform((sent) => sent === "on"),
});
