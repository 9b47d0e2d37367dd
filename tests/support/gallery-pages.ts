import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { galleryViews } from "@/lib/galleries/data";
import { digestOf } from "@/lib/galleries/digest";
import { addGallery, copyEntry } from "@/lib/galleries/mutations";
import { publishSource } from "@/lib/galleries/publishing";
import { readIndex } from "@/lib/galleries/read-index";
import { galleryFormat, galleryVersion } from "@/lib/galleries/schema";
import { sourceById } from "@/lib/sources/data";
import { searchPlaceholder } from "@/lib/sources/definition";
import { updateSource } from "@/lib/sources/mutations";
import type { Vigilio } from "./vigilio";

const schema = {
  version: 1,
  apiUrl: `https://lanterns.example/search?q=${searchPlaceholder}`,
  parsers: [{ key: "title", value: "films.0.title" }],
};

const others = {
  ...{ format: galleryFormat, version: galleryVersion, name: "Public domain, by Grace" },
  sources: [
    "Lantern archive",
    "Silent nights",
    "A films' library with a very long name indeed",
  ].map((name, at) => ({
    ...{ id: `entry-${at}`, name, author: at === 1 ? null : "Grace", schema },
    description: at === 2 ? null : "Invented films, a new one each week.\nAsk for them by title.",
    legalNote: at === 0 ? "Only works whose copyright has ended." : null,
    score: { up: 12 - at * 5, down: at },
  })),
};

/**
 * Publishes a source of a library, whose schema then holds a key that the form asks about, and
 * follows a gallery of which one entry is copied. @returns the followed gallery's id.
 */
export async function galleryIn(library: Vigilio, sourceId: string): Promise<string> {
  const now = new Date();
  const db = openDatabase(join(library.dataDir, "vigilio.db"));
  try {
    // A library that was kept is ready already.
    const url = "https://grace.example/gallery/index.json";
    const followed = galleryViews(db, { say: ({ code }) => code }).find((one) => one.url === url);
    if (followed) return followed.id;
    const source = sourceById(db, sourceId);
    if (source?.kind !== "schema") throw new Error("the library has no source of a schema");
    const told = { description: "Films of a library.", author: "Ada", legalNote: "Free to share." };
    const digest = digestOf(source.definition);
    publishSource(db, { sourceId, digest, keys: {}, ...told, now });
    const { apiUrl, parsers } = source.definition;
    const headers = { "X-Api-Key": "9f8a7c3d2e1b4f60" };
    const definition = { ...{ version: 2, headers, parsers }, apiUrl: `${apiUrl}&passkey=abc` };
    updateSource(db, { id: sourceId, change: { definition }, now });
    const gallery = readIndex(others);
    if (!gallery) throw new Error("no gallery");
    const galleryId = addGallery(db, { url, privateHost: null, etag: null, gallery, now });
    copyEntry(db, { galleryId, entryId: "entry-1", now });
    await library.fetch("/api/v1/settings", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ galleryPublished: true, galleryName: "Ada's lamps" }),
    });
    return galleryId;
  } finally {
    db.$client.close();
  }
}
