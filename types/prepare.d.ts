/** What runs before anything is installed is plain JavaScript; its types stand in its comments. */
declare module "*/prepare/settings.mjs" {
  export function setting(name: string): string | undefined;
}
declare module "*/prepare/step.mjs" {
  export const root: string;
  export class StepError extends Error {}
  export function command(complaint: string, body: () => Promise<void>): Promise<void>;
}

declare module "*/prepare/programs.mjs" {
  export function ensurePrograms(): Promise<void>;
}
