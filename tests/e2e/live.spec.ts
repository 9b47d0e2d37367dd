import { expect, type Page, test } from "@playwright/test";
import { readyMovie } from "../support/movies-api";
import { enter, member, openTheatre } from "../support/theatre";
import { until } from "../support/until";

const streamsOf = (page: Page) => {
  const streams: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/v1/events")) streams.push(request.url());
  });
  return streams;
};

test("a movie that becomes ready is told once: to who added it in words, to the household by a number", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await using theatre = await openTheatre();
  const { url } = theatre.vigilio;
  const old = await theatre.addReady("tt7000002");

  const [ada, bob] = await Promise.all(
    [0, 1].map(async () => (await browser.newContext({ locale: "en-GB" })).newPage()),
  );
  if (!ada || !bob) throw new Error("no pages");
  await enter(ada, url);
  await enter(bob, url, member);
  const streams = streamsOf(ada);

  await ada.goto(`${url}/my-list`);
  await expect.poll(() => streams.length).toBe(1);
  // From page to page by the app's own links: the stream stays.
  await ada.getByRole("link", { name: "Vigilio" }).first().click();
  await expect(ada).toHaveURL(`${url}/`);
  await ada.getByRole("link", { name: "Movies", exact: true }).first().click();
  await expect(ada).toHaveURL(`${url}/movies`);
  await expect(ada.getByRole("article")).toHaveCount(1);
  await bob.getByRole("link", { name: "My list", exact: true }).first().click();
  await expect(bob).toHaveURL(`${url}/my-list`);

  const film = await theatre.add("tt7000001");
  // The list shows it on its way, and ready, without a reload.
  await expect(ada.getByRole("article")).toHaveCount(2, { timeout: 20_000 });
  await readyMovie(theatre.vigilio, film.id);
  const toast = ada.getByText(`${film.title} is ready to watch`);
  await expect(toast).toBeVisible({ timeout: 20_000 });
  await expect(ada).toHaveTitle(/^\(1\) /);
  await expect(bob).toHaveTitle(/^\(1\) /);
  await expect(bob.getByText(/is ready to watch/)).toHaveCount(0);
  await expect(ada.getByText(`${old.title} is ready to watch`)).toHaveCount(0);
  expect(streams).toHaveLength(1);

  // The number goes when they look, and the card says that it is new.
  await bob.getByRole("link", { name: "Vigilio" }).first().click();
  await expect(bob).toHaveURL(`${url}/`);
  await expect(bob).not.toHaveTitle(/^\(/);
  await expect(bob.getByRole("article").filter({ hasText: film.title }).first()).toContainText(
    "New",
  );

  await ada.getByRole("button", { name: "Play" }).click();
  await expect(ada).toHaveURL(`${url}/watch/${film.id}`);
  await ada.goto(`${url}/movies`);
  await expect(ada.getByRole("article")).toHaveCount(2);
  // A new connection tells no old news. The stream is there when its next event comes.
  const stream = await ada.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const source = new EventSource("/api/v1/events");
        source.addEventListener("ready", () => resolve("ready"));
        source.addEventListener("movie", () => resolve("movie"));
        source.onopen = () => {
          document.documentElement.dataset.open = "true";
        };
        setTimeout(() => resolve("nothing"), 3000);
      }),
  );
  expect(stream).not.toBe("ready");
  await expect(ada.getByText(/is ready to watch/)).toHaveCount(0);
  await expect(ada).not.toHaveTitle(/^\(/);

  // What is gone goes from the page.
  await until("it is deleted", async () => {
    return (await theatre.vigilio.fetch(`/api/v1/movies/${film.id}`, { method: "DELETE" })).ok;
  });
  await expect(ada.getByRole("article")).toHaveCount(1, { timeout: 20_000 });
});
