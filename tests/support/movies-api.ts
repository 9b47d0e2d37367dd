import { z } from "zod";
import { movieView } from "@/lib/movies/schema";
import { until } from "./until";
import type { Vigilio } from "./vigilio";

const added = z.object({
  movie: z.object({ id: z.string(), status: z.string() }).loose(),
  version: z.object({ id: z.string() }).loose(),
  download: z.object({ infoHash: z.string() }).loose().nullable(),
});

/** POST /api/v1/movies with a .torrent. @throws Error with the problem when it is refused. */
export async function addTorrent(vigilio: Vigilio, imdbId: string, torrent: Buffer) {
  const form = new FormData();
  form.set("imdbId", imdbId);
  form.set("torrent", new Blob([new Uint8Array(torrent)]), "a.torrent");
  return read(await vigilio.fetch("/api/v1/movies", { method: "POST", body: form }));
}

/** POST /api/v1/movies with JSON. */
export async function addJson(vigilio: Vigilio, body: object) {
  return read(await postJson(vigilio, "/api/v1/movies", body));
}

export function postJson(vigilio: Vigilio, path: string, body: object, method = "POST") {
  return vigilio.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function read(response: Response) {
  const text = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${text}`);
  return added.parse(JSON.parse(text));
}

export async function movieOf(vigilio: Vigilio, id: string) {
  const response = await vigilio.fetch(`/api/v1/movies/${id}`);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return movieView.parse(await response.json());
}

/** Waits for a movie to be playable. @throws Error with its own words when it fails. */
export function readyMovie(vigilio: Vigilio, id: string, timeoutMs = 120_000) {
  return until(
    `movie ${id} is ready`,
    async () => {
      const movie = await movieOf(vigilio, id);
      if (movie.status === "failed") throw new Error(`failed: ${movie.statusDetail}`);
      return movie.status === "ready" ? movie : null;
    },
    timeoutMs,
  );
}
