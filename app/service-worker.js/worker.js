// The service worker: answers from what pages have kept on this device (app/_components/offline):
// what the app's frame is made of, the posters that somebody has seen, and a page that says when
// there is no connection. It is the same for everybody and every build, and asks the names of the
// caches for the rest: a worker that is put in the place of another while a page is on its way can
// leave that page hanging. Never kept: pages, data (/api), film (/media), subtitles.

// Named by their content, so that they are never out of date: builds share them.
const partsName = "vigilio-parts";
/** There only while somebody is signed in. */
const picturesPrefix = "vigilio-pictures-";

const offlinePath = "/offline";
const shellPaths = ["/icons/icon-192.png", "/icons/icon-512.png"];
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

async function takeOver() {
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
  const name = (await caches.keys()).find((one) => one.startsWith(picturesPrefix));
  if (!name) return fetch(event.request);
  const cache = await caches.open(name);
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
    const kept = await caches.match(offlinePath, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.headers.has("range")) return;
  if (isPart(pathname)) event.respondWith(partOf(request));
  else if (isPicture(pathname)) event.respondWith(pictureOf(event));
  else if (request.mode === "navigate" && !isFile(pathname)) event.respondWith(pageOf(event));
  else if (shellPaths.includes(pathname)) {
    event.respondWith(
      caches.match(pathname, { ignoreVary: true }).then((kept) => kept ?? fetch(request)),
    );
  }
});
