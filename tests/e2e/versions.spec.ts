import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { makeMovie } from "../media/make";
import { addJson, movieOf, postJson, readyMovie } from "../support/movies-api";
import { until } from "../support/until";
import { startVigilio } from "../support/vigilio";

const admin = { username: "ada", password: "a long enough password" };

test("a film in HEVC says where it plays, gets H.264 beside it, and a smaller version on request", async ({
  page,
}) => {
  const root = mkdtempSync(join(tmpdir(), "vigilio-versions-"));
  const path = join(root, "The.Lantern.2019.720p.mkv");
  await makeMovie({ path, seconds: 4, width: 1280, height: 720, video: "hevc" });
  await using vigilio = await startVigilio({
    env: {
      VIGILIO_ADMIN_USERNAME: admin.username,
      VIGILIO_ADMIN_PASSWORD: admin.password,
      VIGILIO_IMPORT_DIRS: root,
    },
  });
  const { url } = vigilio;
  await until("all services are up", async () => {
    const health = await (await vigilio.fetch("/api/health")).json();
    return health.status === "ok";
  });
  expect((await postJson(vigilio, "/api/v1/settings", { modernCodecs: "both" }, "PATCH")).ok).toBe(
    true,
  );
  const added = await addJson(vigilio, { title: "The Lantern", year: 2019, path });
  const codecsOf = async () =>
    (await movieOf(vigilio, added.movie.id)).versions
      .filter(({ status }) => status === "ready")
      .map(({ videoCodec, height }) => `${videoCodec} ${height}`);

  await page.goto(`${url}/sign-in`);
  await page.getByLabel("User name").fill(admin.username);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
  await page.goto(`${url}/movies/${added.movie.id}`);
  const versions = page.getByRole("region", { name: "Versions" });

  await expect(versions.getByText(/Chrome: HEVC plays only where the device/)).toBeVisible();
  await expect.poll(codecsOf, { timeout: 60_000 }).toEqual(["hevc 720", "h264 720"]);
  await expect(versions.getByText("H264")).toBeVisible();

  await versions.getByRole("button", { name: "Make a smaller version with 480 lines" }).click();
  await expect(page.getByText("480p is being made")).toBeVisible();
  await expect(versions.getByText("480p", { exact: true })).toBeVisible();
  await expect.poll(codecsOf, { timeout: 60_000 }).toEqual(["hevc 720", "h264 720", "h264 480"]);
  // Asked for once: the page follows by itself, and no longer offers it.
  await expect(versions.getByRole("button", { name: /Make a smaller version/ })).toHaveCount(0);
  await expect(versions.getByRole("link", { name: "Download" })).toHaveCount(3);

  await versions.getByRole("button", { name: "Delete 480p" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Move to the bin" }).click();
  await expect(page.getByText("The version is in the bin")).toBeVisible();
  await expect.poll(codecsOf).toEqual(["hevc 720", "h264 720"]);

  const played = page.waitForResponse(/\/media\/[0-9a-f]{16}\.mp4/);
  await page.getByRole("link", { name: "Play" }).click();
  const { versions: views } = await movieOf(vigilio, added.movie.id);
  expect((await played).url()).toContain(
    views.find(({ videoCodec, height }) => videoCodec === "h264" && height === 720)?.streamUrl,
  );

  // Where HEVC alone is kept, a browser that shows none of it says so instead of a black picture.
  await postJson(vigilio, "/api/v1/settings", { modernCodecs: "keep" }, "PATCH");
  const other = join(root, "Another.Lantern.2019.720p.mkv");
  copyFileSync(path, other);
  const kept = await addJson(vigilio, { title: "Another Lantern", year: 2019, path: other });
  await readyMovie(vigilio, kept.movie.id);
  await page.goto(`${url}/watch/${kept.movie.id}`);
  await expect(page.getByRole("alert").getByText("can't show the film's picture")).toBeVisible();
  rmSync(root, { recursive: true, force: true });
});
