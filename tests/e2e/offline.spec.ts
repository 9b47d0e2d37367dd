import { expect, type Page, test } from "@playwright/test";
import { type FrontDoor, openFrontDoor } from "../support/front-door";
import { admin, enter, member, openTheatre, type Theatre } from "../support/theatre";

let theatre: Theatre;
let door: FrontDoor;
let film: { id: string; title: string };

test.beforeAll(async () => {
  theatre = await openTheatre();
  film = await theatre.addReady("tt7000001");
});
test.afterAll(async () => {
  await theatre[Symbol.asyncDispose]();
});
test.beforeEach(async () => {
  door = await openFrontDoor(theatre.vigilio.url);
});
test.afterEach(async () => {
  await door[Symbol.asyncDispose]();
});

/** Addresses of everything that is kept, by the name of its cache. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const all: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const keys = await (await caches.open(name)).keys();
      all[name] = keys.map(({ url }) => new URL(url).pathname);
    }
    return all;
  });

const paths = async (page: Page) => Object.values(await kept(page)).flat();

/** Waits until the worker answers for the page, and all that it needs is kept. */
async function worker(page: Page, isSomebody: boolean): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? ""), {
      timeout: 20_000,
    })
    .toBe(`${door.url}/service-worker.js`);
  await expect
    .poll(async () => (await paths(page)).includes("/offline"), { timeout: 20_000 })
    .toBe(true);
  const pictures = isSomebody ? [expect.stringMatching(/^vigilio-pictures-[0-9a-f]{16}$/)] : [];
  await expect.poll(async () => picturesOf(await kept(page))).toEqual(pictures);
}

const picturesOf = (all: Record<string, string[]>) =>
  Object.keys(all).filter((name) => name.includes("pictures"));

test("without a connection there is a page that says so, and the one asked for as soon as there is @phone", async ({
  page,
}) => {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  await enter(page, door.url);
  await worker(page, true);
  // From a page that is not drawn anew by itself, which could come between.
  await page.goto(`${door.url}/account`);
  await door.shut();
  await page.goto(`${door.url}/movies/${film.id}`);
  await expect(page.getByRole("heading", { name: "No connection to Vigilio" })).toBeVisible();
  await expect(page).toHaveURL(`${door.url}/movies/${film.id}`);
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByRole("button", { name: "Try now" })).toBeEnabled();
  await door.open();
  await expect(page.getByRole("heading", { level: 1, name: film.title })).toBeVisible({
    timeout: 20_000,
  });
  // Asked for on purpose, it does not lead in circles.
  await page.goto(`${door.url}/offline`);
  await expect(page).toHaveURL(`${door.url}/`, { timeout: 20_000 });
  expect(faults).toEqual([]);
});

test("posters are kept for who is signed in, and nothing that is private outlasts the sign-out", async ({
  page,
}) => {
  await enter(page, door.url);
  await worker(page, true);
  // Those of the page before are at hand already and not asked for again.
  await page.goto(`${door.url}/movies/${film.id}`);
  await expect
    .poll(async () => (await paths(page)).filter((path) => path.startsWith("/images/")))
    .not.toEqual([]);
  await page.goto(`${door.url}/watch/${film.id}`);
  await page.goto(`${door.url}/`);
  const names = picturesOf(await kept(page));
  expect(names).toHaveLength(1);
  const all = await paths(page);
  expect(all.filter((path) => !/^\/(images|_next\/static|icons)\/|^\/offline$/.test(path))).toEqual(
    [],
  );

  // A picture comes from what is kept.
  const picture = all.find((path) => path.startsWith("/images/")) ?? "";
  await door.shut();
  const load = (path: string) =>
    page.evaluate(async (src) => {
      const answer = await fetch(src, { cache: "no-store" }).catch(() => null);
      return answer && { status: answer.status, type: answer.headers.get("content-type") };
    }, path);
  expect(await load(picture)).toEqual({ status: 200, type: "image/webp" });
  expect(await load("/api/v1/me")).toBeNull();
  await door.open();

  await page.goto(`${door.url}/`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await worker(page, false);
  await expect
    .poll(async () => (await paths(page)).filter((path) => path.startsWith("/images/")))
    .toEqual([]);
  const pages = await page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const key of await cache.keys()) {
        const answer = await cache.match(key);
        if (answer?.headers.get("content-type")?.includes("html")) found.push(await answer.text());
      }
    }
    return found;
  });
  expect(pages).toHaveLength(1);
  for (const secret of [admin.username, film.title, film.id]) {
    expect(pages[0]).not.toMatch(new RegExp(`\\b${secret}\\b`));
  }
  expect(await load(picture)).toEqual({ status: 401, type: expect.stringContaining("json") });

  // Somebody else on the same device starts with nothing.
  const [before] = names;
  await enter(page, door.url, member);
  await worker(page, true);
  expect(picturesOf(await kept(page))).not.toEqual([before]);
});

test("the page for no connection follows the build, and the worker stays", async ({ page }) => {
  await enter(page, door.url);
  await worker(page, true);
  const shells = async () => Object.keys(await kept(page)).filter((name) => /shell/.test(name));
  expect(await shells()).toHaveLength(1);
  await page.evaluate(() => {
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      document.title = "another worker";
    });
  });
  door.build = "feedfacefeedface";
  await page.reload();
  await expect.poll(shells, { timeout: 20_000 }).toEqual(["vigilio-shell-feedfacefeedface-en-GB"]);
  await expect(page).not.toHaveTitle("another worker");
  await page.goto(`${door.url}/account`);
  await door.shut();
  await page.goto(`${door.url}/my-list`);
  await expect(page.getByRole("heading", { name: "No connection to Vigilio" })).toBeVisible();
});

test("it can be installed, and the worker is never a stale one", async ({ page, request }) => {
  const script = await request.get(`${door.url}/service-worker.js`);
  expect(script.headers()["cache-control"]).toBe("no-cache");
  expect(script.headers()["content-security-policy"]).toContain("worker-src 'self'");
  await page.goto(`${door.url}/sign-in`);
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await (await request.get(`${door.url}${address}`)).json();
  expect(manifest).toMatchObject({ id: "/", scope: "/", start_url: "/", display: "standalone" });
  expect(manifest.shortcuts).toHaveLength(3);
  const icons: { src: string; sizes: string; type: string; purpose: string }[] = manifest.icons;
  expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(
    new Set(["any", "maskable", "monochrome"]),
  );
  const sizesOf = (sources: string[]) =>
    page.evaluate(
      (all) =>
        Promise.all(
          all.map(async (src) => {
            const image = await createImageBitmap(await (await fetch(src)).blob());
            return `${image.width}x${image.height}`;
          }),
        ),
      sources,
    );
  const drawn = icons.filter(({ type }) => type === "image/png");
  expect(await sizesOf(drawn.map(({ src }) => src))).toEqual(drawn.map(({ sizes }) => sizes));
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  expect(await sizesOf([apple ?? ""])).toEqual(["180x180"]);
});

test("switched off on the server, it removes itself and all it kept", async ({ page }) => {
  await enter(page, door.url);
  await worker(page, true);
  await using off = await openTheatre({ VIGILIO_SERVICE_WORKER: "false" });
  const { port } = new URL(door.url);
  await door.shut();
  const other = await openFrontDoor(off.vigilio.url, Number(port));
  try {
    await page.goto(`${other.url}/sign-in`);
    await expect
      .poll(() =>
        page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
      )
      .toBe(0);
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
  } finally {
    await other[Symbol.asyncDispose]();
    await door.open();
  }
});
