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

const isSecretName = (name: string) =>
  secretNames.some((secret) => name.toLowerCase() === secret.toLowerCase());

/**
 * Text of a program or an error without what may open a door: of a link only its host is left, since
 * trackers and indexers put keys into paths and queries alike.
 */
export function censorText(text: string): string {
  return text
    .replace(/\bmagnet:\?[^\s"'<>]+/gi, "magnet:[secret]")
    .replace(
      /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@"'<>]*@)?([^\s/?#"'<>]+)[/?#][^\s"'<>]+/gi,
      "$1$2/[secret]",
    )
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, "$1[secret]@")
    .replace(/\b(bearer\s+)[\w.~+/=-]{16,}/gi, "$1[secret]")
    .replace(/\b(authorization\s*[:=]\s*)\S+(?:\s+\S+)?/gi, "$1[secret]")
    .replace(
      /\b((?:api[-_]?|pass|auth|access[-_]?)?(?:key|token|secret|password|ticket))(\s*[=:]\s*|"\s*:\s*")[^\s"'&,;]+/gi,
      "$1$2[secret]",
    );
}

/** The same for anything that a line of the log carries, at every depth. */
export function censor(value: unknown): unknown {
  if (typeof value === "string") return censorText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return censorText(value.stack ?? value.message);
  if (Array.isArray(value)) return value.map(censor);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) ? "[secret]" : censor(inner),
    ]),
  );
}

/** A logger whose lines say where they come from. */
export function logFor(area: string): pino.Logger {
  return log.child({ area });
}
