import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { addJson, readyMovie } from "../support/movies-api";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";

const admin = { username: "ada", password: "a long enough password" };

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "vigilio-previews-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Half red, half blue: what a picture shows tells where in the film it is. */
async function makeFilm(path: string): Promise<void> {
  await runFfmpeg({
    ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
    args: [
      ...["-f", "lavfi", "-i", "color=red:size=320x180:rate=10:duration=30"],
      ...["-f", "lavfi", "-i", "color=blue:size=320x180:rate=10:duration=30"],
      ...["-f", "lavfi", "-i", "sine=duration=60", "-filter_complex", "[0][1]concat[film]"],
      ...["-map", "[film]", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10"],
      ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", path],
    ],
    timeoutMs: 60_000,
  });
}

test("hovering over the seek bar shows a picture of that moment @phone", async ({
  page,
}, testInfo) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  const importDir = join(root, "import");
  mkdirSync(importDir, { recursive: true });
  const path = join(importDir, "Red.And.Blue.2020.mp4");
  await makeFilm(path);
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      VIGILIO_IMPORT_DIRS: importDir,
    },
  });
  const { url } = vigilio;
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
  const { movie } = await addJson(vigilio, { title: "Red and Blue", path });
  await until("the previews", async () => {
    const { versions } = await readyMovie(vigilio, movie.id);
    return versions[0]?.previewUrl ?? null;
  });

  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/preview")) asked.push(new URL(request.url()).pathname);
  });
  await page.goto(`${url}/watch/${movie.id}`);
  await expect
    .poll(() => page.locator("video").evaluate((video: HTMLVideoElement) => video.readyState))
    .toBeGreaterThan(2);
  await page.locator("video").evaluate((video: HTMLVideoElement) => video.pause());
  expect(asked, "nothing is fetched before somebody hovers").toEqual([]);

  const preview = page.locator(".player-preview");
  const bar = page.locator(".vjs-progress-holder");
  await expect(bar).toBeVisible();
  const box = await bar.boundingBox();
  if (!box) throw new Error("no seek bar");
  const hover = (share: number) =>
    page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 3 });

  /** The colour in the middle of the picture, as the person sees it. */
  const colourShown = async () => {
    const shown = await preview.boundingBox();
    if (!shown) throw new Error("no picture");
    const place = { x: shown.x + shown.width / 2, y: shown.y + shown.height / 3 };
    const png = await page.screenshot({ clip: { ...place, width: 1, height: 1 } });
    return page.evaluate(
      async (bytes) => {
        const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        const context = new OffscreenCanvas(1, 1).getContext("2d");
        context?.drawImage(image, 0, 0);
        const [red = 0, , blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
        return red > 150 && blue < 100 ? "red" : blue > 150 && red < 100 ? "blue" : "neither";
      },
      [...png],
    );
  };

  await hover(0.25);
  await expect(preview).toBeVisible();
  await expect(preview).toHaveText("0:15");
  await expect.poll(colourShown).toBe("red");
  await hover(0.75);
  await expect(preview).toHaveText("0:45");
  await expect.poll(colourShown).toBe("blue");
  await testInfo.attach("hover", { body: await page.screenshot(), contentType: "image/png" });
  expect(new Set(asked.map((path) => path.split("/")[3]))).toEqual(
    new Set(["preview.vtt", "preview"]),
  );

  // At either end the picture stays on the screen.
  for (const share of [0.001, 0.999]) {
    await hover(share);
    const shown = await preview.boundingBox();
    const width = page.viewportSize()?.width ?? 0;
    expect(shown?.x).toBeGreaterThanOrEqual(0);
    expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(width);
  }

  // Dragged, the pointer may leave the bar; the picture stays until it is dropped.
  await hover(0.25);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y - 80, { steps: 3 });
  await expect(preview).toHaveText("0:45");
  await page.mouse.up();
  await expect(preview).toBeHidden();
  const time = () => page.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(time).toBeGreaterThan(44);

  // A finger drags it, too: hovering is nothing that a phone has.
  if (testInfo.project.use.hasTouch) {
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", share?: number) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints:
          share === undefined ? [] : [{ x: box.x + box.width * share, y: box.y + box.height / 2 }],
      });
    await touch("touchStart", 0.5);
    await touch("touchMove", 0.25);
    await expect(preview).toHaveText("0:15");
    await touch("touchMove", 0.8);
    await expect(preview).toHaveText("0:48");
    await touch("touchEnd");
    await expect(preview).toBeHidden();
  }

  // The keyboard moves the film as it did.
  await page.locator(".vjs-progress-holder").focus();
  const before = await time();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(time).toBeLessThan(before - 2);
  await expect(preview).toBeHidden();
  expect(faults).toEqual([]);
});
