/** Removes the pictures that the service worker kept for whoever was signed in here. */
export async function forgetPictures(): Promise<void> {
  // Only there on https and on this machine itself.
  if (!("caches" in window)) return;
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("vigilio-pictures")).map((name) => caches.delete(name)),
  );
}
