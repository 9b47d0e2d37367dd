// The service worker: keeps what the app's frame is made of, the posters that somebody has seen, and
// a page that says when there is no connection. Its own address tells it all that it has to know:
// ?build= of the server, &language= of the page, &person= who is signed in (a hash). When one of
// them changes the browser takes it for another worker and puts it in the place of this one.
// Never kept: pages, data (/api), film (/media), subtitles.

const asked = new URL(self.location.href).searchParams;
const person = asked.get("person");

const shellName = `vigilio-shell-${asked.get("build")}-${asked.get("language")}`;
// Named by their content, so that they are never out of date: builds share them.
const partsName = "vigilio-parts";
const picturesName = person ? `vigilio-pictures-${person}` : null;
const ownNames = [shellName, partsName, picturesName];

const offlinePath = "/offline";
const shellPaths = ["/icons/icon-192.png", "/icons/icon-512.png"];
const mostParts = 300;
const mostPictures = 400;
const pictureDays = 30;

const isPart = (path) => path.startsWith("/_next/static/");
const isPicture = (path) => /^\/images\/[0-9a-f]{16}\/\d+\.webp$/.test(path);
/** What is no page of the app, even when an address bar asks for it. */
const isFile = (path) => /^\/(api|media|images|subtitles|_next)\//.test(path);

/** Takes the oldest out until no more than `most` are left: entries lie in the order of keeping. */
async function shorten(cache, most) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}

/** The page for no connection, with every part that it is drawn from. */
async function keepShell() {
  const [shell, parts] = await Promise.all([caches.open(shellName), caches.open(partsName)]);
  const page = await fetch(offlinePath, { cache: "no-store" });
  if (!page.ok || page.redirected) throw new Error("There is no page for no connection.");
  const paths = new Set((await page.clone().text()).match(/\/_next\/static\/[^"'\\\s<>)?]+/g));
  await Promise.all(
    [...paths].map(async (path) => {
      if (!(await parts.match(path))) await parts.add(path);
    }),
  );
  await shell.addAll(shellPaths);
  await shell.put(offlinePath, page);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith("vigilio-") && !ownNames.includes(name))
      .map((name) => caches.delete(name)),
  );
  await shorten(await caches.open(partsName), mostParts);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function partOf(request) {
  const cache = await caches.open(partsName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

function isFresh(answer) {
  const keptAt = Date.parse(answer.headers.get("date") ?? "");
  return Date.now() - keptAt < pictureDays * 24 * 60 * 60 * 1000;
}

async function pictureOf(event) {
  const cache = await caches.open(picturesName);
  // It varies by who asks; here only one person's lie in it.
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept && isFresh(kept)) return kept;
  const answer = await fetch(event.request);
  if (answer.status === 200 && answer.headers.get("content-type") === "image/webp") {
    const copy = answer.clone();
    event.waitUntil(
      (async () => {
        // Behind the newer ones.
        await cache.delete(event.request, { ignoreVary: true });
        await cache.put(event.request, copy);
        await shorten(cache, mostPictures);
      })(),
    );
  }
  return answer;
}

async function pageOf(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const kept = await caches.match(offlinePath, { cacheName: shellName, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.headers.has("range")) return;
  if (isPart(pathname)) event.respondWith(partOf(request));
  else if (isPicture(pathname) && picturesName) event.respondWith(pictureOf(event));
  else if (request.mode === "navigate" && !isFile(pathname)) event.respondWith(pageOf(event));
  else if (shellPaths.includes(pathname)) {
    event.respondWith(
      caches
        .match(pathname, { cacheName: shellName, ignoreVary: true })
        .then((kept) => kept ?? fetch(request)),
    );
  }
});
