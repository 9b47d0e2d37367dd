/**
 * Who may import whom: the table of docs/architecture.md as data. tests/architecture.test.ts holds
 * every file against it.
 */

/** Kinds of files. A file belongs to the first place whose pattern fits its path. */
export const places = [
  { kind: "component", path: /^app\/_components\// },
  // Bytes for players and <img>, which lib/web/file-caller.ts authorises instead of the API's wrapper.
  { kind: "file-route", path: /^pages\/api\/media\.ts$|^app\/(media|images|subtitles)\/.+\.ts$/ },
  { kind: "route", path: /^app\/(.+\/)?route\.ts$|^pages\/api\/.+\.ts$/ },
  { kind: "page", path: /^app\// },
  { kind: "entry", path: /^(instrumentation|proxy)\.ts$/ },
  // Where the process comes to life: it puts everything together.
  { kind: "start", path: /^jobs\/(start|prepare-database)\.ts$/ },
  { kind: "jobs", path: /^jobs\// },
  { kind: "env", path: /^lib\/env\.ts$/ },
  { kind: "connection", path: /^lib\/db\.ts$/ },
  { kind: "errors", path: /^lib\/errors\.ts$/ },
  { kind: "log", path: /^lib\/log\.ts$/ },
  { kind: "ids", path: /^lib\/ids\.ts$/ },
  { kind: "service", path: /^lib\/services\// },
  { kind: "auth", path: /^lib\/auth\// },
  // Of lib/web, what is nothing but a shape or a rule of HTTP, and the words on the screen.
  {
    kind: "shape",
    path: /^lib\/web\/(page-query|range|event-stream|stream-thrift|line-stream)\.ts$/,
  },
  { kind: "words", path: /^lib\/web\/(words|catalogue|locale)\.ts$/ },
  { kind: "input", path: /^lib\/web\/input\.ts$/ },
  { kind: "web", path: /^lib\/web\// },
  { kind: "connect", path: /^lib\/settings\/connect\.ts$/ },
  // A definition is a schema that people write and share.
  { kind: "schema", path: /^lib\/[^/]+\/(schema|definition)\.ts$/ },
  { kind: "loaders", path: /^lib\/[^/]+\/loaders\.ts$/ },
  { kind: "actions", path: /^lib\/[^/]+\/actions\.ts$/ },
  { kind: "queue", path: /^lib\/queue\// },
  // What an action and an API route share, where a service is asked before anything is written.
  // ask.ts, try-out.ts and fetch-schema.ts ask a source, and are what the commands of lib/sources ask with.
  {
    kind: "command",
    path: /^lib\/[^/]+\/(add|commands|fetch-schema)\.ts$|^lib\/sources\/(ask|fetch-image|try-out)\.ts$|^lib\/downloads\/replace\.ts$|^lib\/imports\/fetch-poster\.ts$/,
  },
  // data.ts, mutations.ts, policy.ts and the rules of a noun, each named by what it knows.
  { kind: "core", path: /^lib\/[^/]+\/.+\.ts$/ },
  { kind: "db", path: /^db\// },
  { kind: "messages", path: /^messages\/[a-z]{2}(-[A-Za-z]+)?\.json$/ },
  { kind: "style", path: /\.css$/ },
  { kind: "test", path: /^tests\// },
  { kind: "script", path: /^scripts\// },
  { kind: "config", path: /^[a-z]+\.config\.(ts|mjs)$/ },
] as const;

export type Kind = (typeof places)[number]["kind"];

export interface Rule {
  from: Kind;
  /** Kinds that it may import. */
  may: readonly Kind[];
  /** Kinds of which it may name types: `import type` leaves nothing behind when it runs. */
  types?: readonly Kind[];
  /** It may also use rules of a noun that need nothing when they run: not even Node.js. */
  mayUsePureRules?: boolean;
  /** Packages that are not for it: a name stands for everything below it, too. */
  never?: readonly string[];
  /** When given, the only packages that it may import, beside Node's own. */
  only?: readonly string[];
  /** Said when the rule is broken. */
  instead: string;
}

const storage = ["drizzle-orm", "better-sqlite3"];
const framework = ["next", "next-auth", "react", "react-dom", "server-only", "use-intl"];
const processes = ["execa", "node:child_process"];

export const rules: readonly Rule[] = [
  {
    from: "page",
    may: [
      ...(["page", "component", "loaders", "actions", "schema", "auth", "web", "words"] as const),
      ...(["shape", "queue", "errors", "ids", "style"] as const),
    ],
    types: ["core"],
    mayUsePureRules: true,
    never: [...storage, ...processes],
    instead: "A page asks a loader (lib/<noun>/loaders.ts) and changes things by an action.",
  },
  {
    from: "component",
    may: ["component", "actions", "words", "style"],
    types: ["schema", "core", "errors", "web", "auth"],
    mayUsePureRules: true,
    never: [...storage, ...processes, "server-only"],
    instead:
      "A component gets what it shows as props, changes things by an action, and knows types from schema.ts.",
  },
  {
    from: "route",
    may: [
      ...(["command", "core", "schema", "queue", "connect"] as const),
      ...(["auth", "web", "words", "input", "shape", "errors", "ids", "log", "env"] as const),
    ],
    never: [...storage, ...processes],
    instead:
      "A route is wrapped by lib/web/api.ts, which gives it the database; it calls lib/<noun>/{data,mutations}.ts.",
  },
  {
    from: "file-route",
    may: [
      ...(["command", "core", "schema", "connect", "auth", "web", "words", "shape"] as const),
      ...(["connection", "errors", "ids", "log", "env"] as const),
    ],
    never: [...storage, ...processes],
    instead: "A route of files asks lib/web/file-caller.ts who is there, and data.ts what to send.",
  },
  {
    from: "entry",
    may: ["start", "jobs", "auth", "web", "env", "errors", "log"],
    never: [...storage, ...processes],
    instead: "What the framework wants at the root is a few lines that call jobs or lib/web.",
  },
  {
    from: "jobs",
    may: [
      ...(["jobs", "core", "command", "schema", "queue", "connect", "service"] as const),
      ...(["connection", "env", "errors", "log", "ids"] as const),
    ],
    types: ["db"],
    never: [...storage, ...framework],
    instead: "A job reads and writes by lib/<noun>/{data,mutations}.ts, and knows no page.",
  },
  {
    from: "start",
    may: [
      ...(["jobs", "core", "schema", "queue", "connect", "service", "auth", "web", "db"] as const),
      ...(["start", "words", "connection", "env", "errors", "log", "ids"] as const),
    ],
    never: [...storage, ...framework],
    instead: "jobs/start.ts puts the process together, and knows no page.",
  },
  {
    from: "loaders",
    may: [
      ...(["core", "schema", "loaders", "queue", "connect", "auth", "web", "words"] as const),
      ...(["shape", "connection", "env", "errors", "log", "ids"] as const),
    ],
    never: [...storage, ...processes],
    instead: "A loader asks for the user first, then reads by data.ts.",
  },
  {
    from: "actions",
    may: [
      ...(["command", "core", "schema", "queue", "connect"] as const),
      ...(["auth", "web", "words", "input", "shape"] as const),
      ...(["connection", "env", "errors", "log", "ids"] as const),
    ],
    never: [...storage, ...processes],
    instead: "An action is wrapped by lib/web/action.ts and writes by mutations.ts.",
  },
  {
    from: "core",
    may: ["core", "schema", "shape", "input", "queue", "db", "errors", "log", "ids"],
    types: ["connection", "env", "service"],
    never: [...framework, ...processes],
    instead:
      "What a noun knows takes (db, args): no page, no session, no service; whoever calls it has those.",
  },
  {
    from: "command",
    may: [
      ...(["command", "core", "schema", "shape", "input", "queue", "connect", "service"] as const),
      ...(["db", "errors", "log", "ids"] as const),
    ],
    types: ["connection", "env"],
    never: [...framework, ...processes],
    instead: "A command is given the database and the services, and knows no page and no session.",
  },
  {
    from: "schema",
    may: ["schema", "shape", "db", "errors"],
    mayUsePureRules: true,
    types: ["core", "env"],
    never: [...framework, ...storage, ...processes],
    instead: "schema.ts holds zod schemas and their types, and is read by everybody.",
  },
  {
    from: "connect",
    may: ["core", "schema", "queue", "service", "db", "errors", "log", "ids"],
    types: ["connection", "env"],
    never: framework,
    instead: "connect.ts builds service clients from the settings, and nothing else.",
  },
  {
    from: "auth",
    may: [
      ...(["auth", "core", "schema", "web", "words", "shape", "queue"] as const),
      ...(["db", "connection", "env", "errors", "log", "ids"] as const),
    ],
    never: processes,
    instead: "lib/auth knows who is asking: users, sessions and tokens.",
  },
  {
    from: "web",
    may: [
      ...(["web", "words", "input", "shape", "auth", "core", "schema", "queue"] as const),
      ...(["connection", "env", "errors", "log", "ids"] as const),
    ],
    never: [...storage, ...processes],
    instead: "lib/web wraps actions and routes; what they do stands in the nouns.",
  },
  {
    from: "words",
    may: ["words", "messages", "auth", "errors"],
    never: [...storage, ...processes],
    instead: "The words on the screen come from messages/ alone.",
  },
  {
    from: "input",
    may: ["words", "errors"],
    only: ["zod"],
    instead: "lib/web/input.ts turns what zod found into reasons.",
  },
  {
    from: "shape",
    may: ["shape", "errors"],
    only: ["zod"],
    instead: "These files are read by every layer, so they know none.",
  },
  {
    from: "queue",
    may: ["queue", "shape", "db", "schema", "errors", "log", "ids"],
    types: ["connection", "env"],
    never: [...framework, ...processes],
    instead: "lib/queue owns the job table and knows no noun: what a job does stands in jobs/.",
  },
  {
    from: "service",
    may: ["service", "errors", "log"],
    only: [
      ...["zod", "execa", "tmdb-ts", "@ctrl/qbittorrent", "ffmpeg-static"],
      ...["fast-xml-parser", "iconv-lite"],
    ],
    instead:
      "A service speaks with the far end of a socket or a program, and returns our types: no database, no noun, no framework.",
  },
  {
    from: "db",
    may: ["db"],
    only: ["drizzle-orm", "better-sqlite3"],
    instead: "db/ stores, and imports nothing of ours.",
  },
  { from: "env", may: [], only: ["zod"], instead: "lib/env.ts is read by everybody." },
  {
    from: "errors",
    may: [],
    types: ["db"],
    only: [],
    instead: "lib/errors.ts is read by everybody.",
  },
  { from: "ids", may: [], only: [], instead: "lib/ids.ts is read by everybody." },
  { from: "log", may: [], only: ["pino"], instead: "lib/log.ts is read by everybody." },
  {
    from: "connection",
    may: ["db", "env", "errors"],
    only: [],
    instead: "lib/db.ts opens the connection.",
  },
];

/** The folders of lib: one per noun, one per thing that all nouns share. */
export const libFolders = [
  ...["movies", "versions", "downloads", "subtitles", "playback", "lists", "users", "sources"],
  ...[
    "bin",
    "library",
    "storage",
    "galleries",
    "imports",
    "webhooks",
    "requests",
    "backups",
    "checks",
    "settings",
    "demo",
    "auth",
    "web",
    "queue",
    "services",
  ],
];

/** The folders of lib/services: one per program or far end of a socket. */
export const serviceFolders = [
  "ffmpeg",
  "qbittorrent",
  "tmdb",
  "opensubtitles",
  "torznab",
  "links",
  "webhooks",
];

/** Names that say nothing about what a file knows. */
export const emptyNames =
  /^(utils?|helpers?|managers?|common|misc|shared)$|-(utils?|helpers?|manager)$/;

/** The one barrel: drizzle wants its tables as one object. */
export const allowedBarrels = ["db/schema/index.ts"];

export const maxLines = 400;

/** Scripts that run before anything is installed. */
export const bareScripts =
  /^scripts\/(start|build|test)\.mjs$|^scripts\/prepare\/(?!.*\.test\.mjs$)/;

/** Kinds whose functions are told the time and the environment: rule 3 of the house. */
export const toldTheTime: readonly Kind[] = ["core", "queue", "schema"];

/** Wrappers that stand at a door, by the kind of the file that has to use them, and their home. */
export const doorkeepers: Partial<Record<Kind, { wrappers: readonly string[]; from: string }>> = {
  actions: { wrappers: ["publicAction", "userAction", "adminAction"], from: "lib/web/action" },
  route: { wrappers: ["apiRoute"], from: "lib/web/api" },
  "file-route": { wrappers: ["fileRoute"], from: "lib/web/file-route" },
};

/** Doors without such a wrapper, and why: nothing of a person's or the household's is behind them. */
export const openDoors: Readonly<Record<string, string>> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth answers by its own rules",
  "app/error-words/route.ts": "the words of a page that tells of a fault, for anybody",
  "app/service-worker.js/route.ts": "the service worker, for anybody",
  "pages/api/media.ts": "calls lib/web/file-caller.ts itself: it needs Node's raw response",
};

export const doorRoles = ["anyone", "member", "admin"];
