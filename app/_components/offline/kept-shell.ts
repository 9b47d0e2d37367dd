const prefix = "vigilio-shell-";
// The service worker puts what other pages are made of into the same one.
const partsName = "vigilio-parts";
const mostParts = 300;
const offlinePath = "/offline";
const iconPaths = ["/icons/icon-192.png", "/icons/icon-512.png"];

/**
 * Keeps the page for no connection in this language, of this build, with every part that it is drawn
 * from; then removes those of other builds and languages.
 *
 * @throws TypeError when the server can't be reached: the next page tries again.
 */
export async function keepShell(build: string, language: string): Promise<void> {
  const name = `${prefix}${build}-${language}`;
  if (await caches.match(offlinePath, { cacheName: name, ignoreVary: true })) return;
  const [shell, parts] = await Promise.all([caches.open(name), caches.open(partsName)]);
  const page = await fetch(offlinePath, { cache: "no-store" });
  if (!page.ok || page.redirected) throw new TypeError("There is no page for no connection.");
  const paths = new Set((await page.clone().text()).match(/\/_next\/static\/[^"'\\\s<>)?]+/g));
  await Promise.all(
    [...paths].map(async (path) => {
      if (!(await parts.match(path))) await parts.add(path);
    }),
  );
  await shell.addAll(iconPaths);
  // Last: while it is there, so is all that it needs.
  await shell.put(offlinePath, page);
  const old = (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== name);
  await Promise.all(old.map((one) => caches.delete(one)));
  const keys = await parts.keys();
  const needed = (url: string) => paths.has(new URL(url).pathname);
  const oldest = keys.slice(0, Math.max(0, keys.length - mostParts));
  await Promise.all(oldest.filter(({ url }) => !needed(url)).map((key) => parts.delete(key)));
}
