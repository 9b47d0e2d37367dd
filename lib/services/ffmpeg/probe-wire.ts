import { z } from "zod";

/** What `ffprobe -of json` prints, as far as it is used. Numbers come as text where noted by it. */

const numberText = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => {
    const number = value === undefined || value === "" ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  });

/** `24000/1001`; `0/0` when it is not known. */
const ratioText = (separator: "/" | ":") =>
  z
    .string()
    .optional()
    .transform((text) => {
      const [above, below] = (text ?? "").split(separator).map(Number);
      const value = above && below ? above / below : Number.NaN;
      return Number.isFinite(value) && value > 0 ? value : undefined;
    });

/** Containers write tag names in any case. */
const tags = z
  .record(z.string(), z.string())
  .optional()
  .transform((entries) =>
    Object.fromEntries(
      Object.entries(entries ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  );

const wireStream = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  profile: z.union([z.string(), z.number().transform(String)]).optional(),
  level: z.number().optional(),
  pix_fmt: z.string().optional(),
  bits_per_raw_sample: numberText,
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: ratioText(":"),
  has_b_frames: z.number().optional(),
  field_order: z.string().optional(),
  r_frame_rate: ratioText("/"),
  avg_frame_rate: ratioText("/"),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  sample_rate: numberText,
  channels: z.number().optional(),
  channel_layout: z.string().optional(),
  start_time: numberText,
  duration: numberText,
  bit_rate: numberText,
  nb_frames: numberText,
  nb_read_frames: numberText,
  disposition: z.record(z.string(), z.number()).default({}),
  tags,
  side_data_list: z
    .array(
      z.object({
        side_data_type: z.string().optional(),
        displaymatrix: z.string().optional(),
        rotation: z.number().optional(),
        dv_profile: z.number().optional(),
        dv_bl_signal_compatibility_id: z.number().optional(),
      }),
    )
    .default([]),
});
export type WireStream = z.output<typeof wireStream>;

export const wireProbe = z.object({
  streams: z.array(wireStream).default([]),
  programs: z
    .array(z.object({ streams: z.array(z.object({ index: z.number().int() })).default([]) }))
    .default([]),
  format: z
    .object({
      format_name: z.string().optional(),
      start_time: numberText,
      duration: numberText,
      size: numberText,
      bit_rate: numberText,
      tags,
    })
    .optional(),
  chapters: z.array(z.object({ start_time: numberText, end_time: numberText, tags })).default([]),
});
export type WireProbe = z.output<typeof wireProbe>;
