// What is served in the worker's place where VIGILIO_SERVICE_WORKER is off: it removes all that was
// kept, and itself.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(
        names.filter((name) => name.startsWith("vigilio-")).map((name) => caches.delete(name)),
      );
      await self.registration.unregister();
    })(),
  );
});
