import { expect, test } from "@playwright/test";
import {
  enter,
  expectNoSidewaysScroll,
  member,
  openTheatre,
  type Theatre,
} from "../support/theatre";

let theatre: Theatre;
let film: { id: string; title: string };
let other: { id: string; title: string };
test.beforeAll(async () => {
  test.setTimeout(180_000);
  theatre = await openTheatre();
  film = await theatre.addReady("tt7000001");
  other = await theatre.addReady("tt7000002");
});
test.afterAll(() => theatre[Symbol.asyncDispose]());

test("what was begun goes on by one press, is taken out and put back @phone", async ({ page }) => {
  const { url } = theatre.vigilio;
  await enter(page, url, member);
  const headers = { origin: url };
  const place = { positionSeconds: 1, durationSeconds: 3 };
  await page.request.put(`${url}/api/v1/me/progress/${film.id}`, { headers, data: place });
  await page.goto(`${url}/continue`);
  const resume = page.getByRole("link", { name: `Resume ${film.title}` });
  await expect(resume).toHaveAttribute("href", `/watch/${film.id}`);
  await expectNoSidewaysScroll(page, "continue watching");

  await page.getByRole("button", { name: `Remove ${film.title} from continue watching` }).click();
  await expect(page.getByRole("heading", { name: "Nothing to go on with" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(resume).toBeVisible();
  const kept = await (await page.request.get(`${url}/api/v1/movies/${film.id}`)).json();
  expect(kept.progress).toMatchObject(place);
});

test("a list is tidied by a finger, and what was seen can be hidden @phone", async ({ page }) => {
  const { url } = theatre.vigilio;
  await enter(page, url);
  const headers = { origin: url };
  for (const { id } of [film, other]) {
    await page.request.put(`${url}/api/v1/me/list/${id}`, { headers });
  }
  const data = { watched: true };
  await page.request.put(`${url}/api/v1/me/watched/${other.id}`, { headers, data });
  await page.goto(`${url}/my-list`);
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.getByRole("link", { name: "Hide 1 watched" }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
  // A pointer shows the button, a finger has it without.
  await page.getByRole("article").hover();
  await page.getByRole("button", { name: `${film.title} on my list` }).click();
  await expect(page.getByRole("heading", { name: "You have seen all of them" })).toBeVisible();
  await page.getByRole("link", { name: "Show 1 watched" }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
});

test("a film that is gone says so between the bars; what is typed can be looked at", async ({
  page,
}) => {
  const { url } = theatre.vigilio;
  await page.goto(`${url}/sign-in`);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("one lamp is lit");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show what is typed" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveValue("one lamp is lit");

  await enter(page, url);
  const answer = await page.goto(`${url}/movies/${"0".repeat(16)}`);
  expect(answer?.status()).toBe(404);
  await expect(
    page.getByRole("heading", { level: 1, name: "There is nothing here" }),
  ).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).first()).toBeVisible();
  await page.goto(`${url}/nowhere`);
  await page.getByRole("link", { name: "Search your movies" }).click();
  await expect(page).toHaveURL(`${url}/search`);
});
