const prefix = "vigilio-pictures-";

/**
 * Has the service worker keep the pictures that this person sees, and removes those of anybody else;
 * with nobody it removes all, and none are kept.
 *
 * @param person a hash that tells people apart; empty for nobody.
 */
export async function keepPicturesOf(person: string): Promise<void> {
  // Only there on https and on this machine itself.
  if (!("caches" in window)) return;
  const own = person ? prefix + person : null;
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith(prefix) && name !== own)
      .map((name) => caches.delete(name)),
  );
  if (own) await caches.open(own);
}
