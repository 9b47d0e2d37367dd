/** Steps of setting up, after the first account, in their order. */
export const setupSteps = [
  "services",
  "tmdb",
  "subtitles",
  "opensubtitles",
  "sources",
  "done",
] as const;
export type SetupStep = (typeof setupSteps)[number];
