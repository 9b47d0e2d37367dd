import pino from "pino";

const secretNames = [
  "password",
  "apiKey",
  "api_key",
  "token",
  "secret",
  "authorization",
  "cookie",
  "ticket",
  "magnet",
];

/** The one logger. Fields whose names are secrets are cut out, at the top and one level down. */
export const log = pino({
  level: process.env.LOG_LEVEL || "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: secretNames.flatMap((name) => [name, `*.${name}`]),
    censor: "[secret]",
  },
});

/** A logger whose lines say where they come from. */
export function logFor(area: string): pino.Logger {
  return log.child({ area });
}
