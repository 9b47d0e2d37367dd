// npm run icons: the icons of the installed app, from app/icon.svg. To be run when
// the mark changes; what it makes is committed.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const root = fileURLToPath(new URL("..", import.meta.url));
const icon = readFileSync(join(root, "app/icon.svg"), "utf8");
const ground = /<rect[^>]*fill="(#[0-9a-f]{6})"/.exec(icon)?.[1];
const mark = icon.match(/<(?:path|circle)[^>]*\/>/g)?.join("");
if (!ground || !mark) throw new Error("app/icon.svg has no ground or no mark.");

/** The mark alone, this much of the square wide, on a ground that reaches every edge or on none. */
function svg(share: number, options: { ground?: string; color?: string } = {}): string {
  const at = 16 * (1 - share);
  const drawn = options.color
    ? mark?.replaceAll(/fill="#[0-9a-f]{6}"/g, `fill="${options.color}"`)
    : mark;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    ${options.ground ? `<rect width="32" height="32" fill="${options.ground}"/>` : ""}
    <g transform="translate(${at} ${at}) scale(${share})">${drawn}</g>
  </svg>`;
}

async function write(path: string, source: string, sizePixels: number): Promise<void> {
  const density = (72 * sizePixels) / 32;
  await sharp(Buffer.from(source), { density })
    .resize(sizePixels, sizePixels)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(root, path));
}

mkdirSync(join(root, "public/icons"), { recursive: true });
await write("public/icons/icon-192.png", icon, 192);
await write("public/icons/icon-512.png", icon, 512);
// What matters lies within the circle that every mask leaves: four fifths of the width.
await write("public/icons/maskable-192.png", svg(0.72, { ground }), 192);
await write("public/icons/maskable-512.png", svg(0.72, { ground }), 512);
// Only how opaque it is counts.
await write("public/icons/monochrome-512.png", svg(0.86, { color: "#ffffff" }), 512);
// A badge in the line of notifications, and what iOS puts on its home screen: it rounds by itself.
await write("app/apple-icon.png", svg(0.86, { ground }), 180);
