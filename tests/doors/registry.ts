// First of all, as in personas.ts.
import "next/dist/server/node-environment-baseline";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NextApiRequest, NextApiResponse } from "next";
import { type ActionSpec, actionSpecOf } from "@/lib/web/action";
import type { ApiRoute, ApiSpec } from "@/lib/web/api-spec";
import stream from "@/pages/api/media";
import { type AnyAction, callAction } from "./call-action";
import type { Visitor } from "./personas";
import { actionInputs, bodies, queries, unknownIds } from "./samples";

/** What came back: a status, and what a problem document says. */
export interface Answered {
  status: number;
  type: string | undefined;
  errors?: Record<string, string>;
}

/** What is sent to a route instead of what is right and harmless. */
export interface Knock {
  params?: Record<string, string | string[]>;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface RouteDoor {
  /** `GET /api/v1/movies`. */
  name: string;
  spec: ApiSpec;
  knock(visitor: Visitor, with_?: Knock): Promise<Answered>;
}

export interface FileDoor {
  name: string;
  knock(visitor: Visitor): Promise<Answered>;
}

export interface ActionDoor {
  /** Without the ending "Action". */
  name: string;
  noun: string;
  spec: ActionSpec;
  knock(visitor: Visitor): Promise<Answered>;
}

type Modules = Record<string, () => Promise<Record<string, unknown>>>;

const apiModules: Modules = import.meta.glob([
  "../../app/api/**/route.ts",
  // Answered by next-auth, by its own rules.
  "!../../app/api/auth/**",
]);
const fileModules: Modules = import.meta.glob("../../app/{images,media,subtitles}/**/route.ts");
const actionModules: Modules = import.meta.glob("../../lib/*/actions.ts");

async function read(response: Response): Promise<Answered> {
  const isProblem = response.headers.get("content-type")?.includes("problem+json");
  const problem = isProblem ? await response.json() : {};
  // A stream of events goes on until nobody listens.
  if (!isProblem) await response.body?.cancel();
  return { status: response.status, type: problem.type, errors: problem.errors };
}

/** By code units: the same on every machine. */
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
const idsOf = (path: string) =>
  Object.fromEntries(namesIn(path).map((name) => [name, unknownIds[name] ?? "0"]));

function requestTo(spec: ApiSpec, knock: Knock, headers: Record<string, string>): Request {
  const name = `${spec.method} ${spec.path}`;
  const query = knock.query ?? queries[name] ?? "";
  const init: RequestInit = { method: spec.method, headers: { ...headers, ...knock.headers } };
  const isForm = spec.multipart && !spec.body;
  if (isForm && knock.body === undefined) {
    const form = new FormData();
    for (const file of Object.keys(spec.multipart?.files ?? {})) {
      form.set(file, new Blob(["1\n00:00:01,000 --> 00:00:02,000\nHello\n"]), "a.srt");
    }
    init.body = form;
  } else if (spec.body || isForm) {
    init.body = JSON.stringify(knock.body ?? bodies[name] ?? {});
    init.headers = { ...init.headers, "content-type": "application/json" };
  }
  if (knock.body instanceof FormData) {
    init.body = knock.body;
    init.headers = { ...headers, ...knock.headers };
  }
  return new Request(`http://vigilio.test${spec.path}?${query}`, init);
}

/** Every route of the HTTP API, by the files that there are. */
export async function routeDoors(): Promise<RouteDoor[]> {
  const modules = await Promise.all(Object.values(apiModules).map((load) => load()));
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value): value is ApiRoute => typeof value === "function" && "spec" in value)
    .map((route) => ({
      name: `${route.spec.method} ${route.spec.path}`,
      spec: route.spec,
      async knock(visitor: Visitor, knock: Knock = {}) {
        const request = requestTo(route.spec, knock, await visitor.headers());
        const params = Promise.resolve(knock.params ?? idsOf(route.spec.path));
        return read(await route(request, { params }));
      },
    }))
    .sort((a, b) => byText(a.spec.path, b.spec.path) || byText(a.spec.method, b.spec.method));
}

type FileRoute = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** The stream of a film, as Next mounts it: with Node's own request and response. */
const filmDoor: FileDoor = {
  name: "GET /media/{name}.mp4",
  async knock(visitor) {
    const server = createServer((request, response) => {
      const asked = Object.assign(request, { query: { name: unknownIds.name } });
      void stream(asked as unknown as NextApiRequest, response as NextApiResponse);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const headers = { ...(await visitor.headers()), connection: "close" };
      return await read(await fetch(`http://127.0.0.1:${port}/`, { headers }));
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  },
};

/** Every route of files outside /api. */
export async function fileDoors(): Promise<FileDoor[]> {
  const found = await Promise.all(
    Object.entries(fileModules).map(async ([file, load]) => {
      const path = file
        .replace("../../app", "")
        .replace("/route.ts", "")
        .replace(/\[(\.\.\.)?(\w+)\]/g, "{$2}");
      const route = (await load()).GET as FileRoute;
      const given = { ...idsOf(path), path: ["0".repeat(16), "185.webp"] };
      return {
        name: `GET ${path}`,
        async knock(visitor: Visitor) {
          const request = new Request(`http://vigilio.test${path}`, {
            headers: await visitor.headers(),
          });
          return read(await route(request, { params: Promise.resolve(given) }));
        },
      };
    }),
  );
  return [...found, filmDoor].sort((a, b) => byText(a.name, b.name));
}

/** Every server action, by the files that there are. What no wrapper made has no spec and throws. */
export async function actionDoors(): Promise<ActionDoor[]> {
  const found = await Promise.all(
    Object.entries(actionModules).map(async ([file, load]) => {
      const noun = /lib\/([^/]+)\//.exec(file)?.[1] ?? "";
      return Object.entries(await load()).map(([name, value]) => {
        const action = value as AnyAction;
        const spec = actionSpecOf(action);
        if (!spec) throw new Error(`${file} exports ${name}, which no wrapper of actions made`);
        const input = actionInputs[name] ?? unknownIds;
        return {
          ...{ noun, spec, name: name.replace(/Action$/, "") },
          knock: async (visitor: Visitor): Promise<Answered> =>
            callAction(action, input, await visitor.headers()),
        };
      });
    }),
  );
  return found.flat().sort((a, b) => byText(a.noun, b.noun) || byText(a.name, b.name));
}
