import type { WebhookBody } from "@/lib/webhooks/schema";

/** What a receiver gets, as it could come: enough to write one by. docs/webhooks.md has the rest. */
export const exampleMessage: WebhookBody = {
  id: "3f2b8c1d9e0a4756",
  type: "movie.ready",
  at: "2026-11-28T08:30:00.000Z",
  movie: {
    id: "9c1e0d2f4b6a8735",
    title: "Night Bus",
    year: 2024,
    imdbId: "tt0000042",
    status: "ready",
  },
};
