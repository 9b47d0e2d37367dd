"use client";

import { useEffect } from "react";
import { keepPicturesOf } from "./kept-pictures";

interface OfflineWorkerProps {
  build: string;
  language: string;
  person: string;
  /** False where the server wants none. */
  isOn: boolean;
}

async function remove(): Promise<void> {
  const all = await navigator.serviceWorker.getRegistrations();
  await Promise.all(all.map((one) => one.unregister()));
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("vigilio-")).map((name) => caches.delete(name)),
  );
}

/**
 * Gives the browser the service worker, and keeps what it answers from: the page for no connection of
 * this build and language, and a place for the pictures of who is signed in.
 */
export function OfflineWorker({ build, language, person, isOn }: OfflineWorkerProps) {
  useEffect(() => {
    // Not in development, whose parts change under their names; and only on https or this machine.
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    async function follow() {
      if (!isOn) return remove();
      await keepPicturesOf(person);
      await navigator.serviceWorker.register("/service-worker.js", {
        scope: "/",
        updateViaCache: "none",
      });
      await navigator.serviceWorker.ready;
      const { keepShell } = await import("./kept-shell");
      await keepShell(build, language);
    }
    // A browser that keeps nothing, such as a private window, works as well without it.
    follow().catch(() => {});
  }, [build, language, person, isOn]);
  return null;
}
