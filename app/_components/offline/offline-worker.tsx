"use client";

import { useEffect } from "react";
import { forgetPictures } from "./kept-pictures";

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
 * Gives the browser the service worker that belongs to this build, language and person. It is told
 * by its address, so that a change of any of them replaces it.
 */
export function OfflineWorker({ build, language, person, isOn }: OfflineWorkerProps) {
  useEffect(() => {
    // Not in development, whose parts change under their names; and only on https or this machine.
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    const facts = new URLSearchParams({ build, language, ...(person ? { person } : {}) });
    async function follow() {
      if (!isOn) return remove();
      if (!person) await forgetPictures();
      await navigator.serviceWorker.register(`/service-worker.js?${facts}`, {
        scope: "/",
        updateViaCache: "none",
      });
    }
    // A browser that keeps nothing, such as a private window, works as well without it.
    follow().catch(() => {});
  }, [build, language, person, isOn]);
  return null;
}
