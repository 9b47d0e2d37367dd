/** Well-formed ids of nothing. */
export const unknownIds: Record<string, string> = {
  ...{ id: "0".repeat(16), movieId: "0".repeat(16), fileId: "0".repeat(16) },
  ...{ versionId: "0".repeat(16), jobId: "0".repeat(16) },
  ...{ infoHash: "0".repeat(40), command: "pause" },
  ...{ name: "0".repeat(16), sheet: "0.webp", optionId: "0", candidateId: "0" },
};

const magnet = `magnet:?xt=urn:btih:${"1".repeat(40)}`;
const range = { positionSeconds: 1, durationSeconds: 7200 };

/** Queries without which a route refuses at once. */
export const queries: Record<string, string> = {
  "GET /api/v1/search": "query=night",
  "GET /api/v1/search/stream": "query=night",
  "GET /api/v1/subtitles/{id}/encodings": "",
  "GET /api/v1/versions/{id}/subtitle-candidates": "language=en",
};

/** Bodies that are right, of routes that need one; others get {}. */
export const bodies: Record<string, unknown> = {
  "POST /api/v1/movies": { imdbId: "tt0000042", source: magnet },
  "PATCH /api/v1/movies/{id}": { tmdbId: 1 },
  "POST /api/v1/movies/refresh": { movieIds: ["0".repeat(16)] },
  "POST /api/v1/import/scans": { folder: "/nowhere" },
  "POST /api/v1/import/scans/{id}/import": { files: [{ fileId: "0".repeat(16) }] },
  "POST /api/v1/movies/{id}/decision": { optionId: "0" },
  "POST /api/v1/subtitles/refresh": { movieIds: ["0".repeat(16)] },
  "PATCH /api/v1/subtitles/{id}": { offsetMs: 0 },
  "POST /api/v1/versions/{id}/smaller": { height: 720 },
  "POST /api/v1/versions/{id}/subtitle-candidates": { candidateId: "0".repeat(16) },
  "POST /api/v1/requests": { title: "Night of the lamps" },
  "PUT /api/v1/me/progress/{movieId}": range,
  "POST /api/v1/me/progress/{movieId}": range,
  "PUT /api/v1/me/watched/{movieId}": { watched: true },
};

/** Input of actions whose inner gate comes after their form; others get ids of nothing. */
export const actionInputs: Record<string, unknown> = {
  addMovieAction: { imdb: "tt0000042", source: magnet },
  addResultAction: { resultId: "0".repeat(16) },
  askForMovieAction: { film: "Night of the lamps" },
  retryJobsAction: { jobIds: ["0".repeat(16)] },
  cancelJobsAction: { jobIds: ["0".repeat(16)] },
};
