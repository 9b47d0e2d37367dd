export * from "./choices";
export * from "./household";
export * from "./jobs";
export * from "./movies";
export * from "./people";
export * from "./playback";
export * from "./versions";
export * from "./webhooks";
