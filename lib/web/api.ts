import type { z } from "zod";
import { userFromCookieHeader } from "@/lib/auth/sessions";
import { bearerToken, type Caller, callerOfToken } from "@/lib/auth/tokens";
import { type Connection, database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, type Reason, reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { isDemo } from "@/lib/settings/data";
import { isScopeEnough } from "@/lib/users/token-scope";
import {
  ApiAnswer,
  type ApiContext,
  type ApiResult,
  type ApiRoute,
  type ApiSpec,
  scopeOf,
} from "./api-spec";
import { mediaType, parseForm, parseJson, readBody, type UploadedFile } from "./body";
import { reasonText, wordsOf } from "./catalogue";
import { parseInput } from "./input";
import { requestLocale } from "./locale";
import { isSameOrigin } from "./origin";
import { problemResponse } from "./problem";

export { type ApiSpec, answer } from "./api-spec";

const defaultMaxBodyBytes = 1_048_576;

/** What every answer of the API carries: it is data for its caller alone, never a page. */
const answerHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  vary: "authorization, cookie, accept-language",
};

function changes(spec: ApiSpec): boolean {
  return spec.method !== "GET";
}

/** Who calls: a token wins over a cookie, and a wrong token is never rescued by one. */
async function callerOf(db: Connection, request: Request, now: Date): Promise<Caller | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null && !/^basic /i.test(authorization)) {
    const token = bearerToken(authorization);
    const environmentToken = env().values.VIGILIO_API_TOKEN;
    const caller = token ? callerOfToken(db, { token, environmentToken, now }) : null;
    if (!caller) throw new AppError("token-refused", { status: 401 });
    return caller;
  }
  return userFromCookieHeader(db, request.headers.get("cookie"), now);
}

/** The gate. @throws AppError 401, 403 or 409. */
function authorise(spec: ApiSpec, caller: Caller | null, request: Request, db: Connection): void {
  if (spec.role !== "anyone" && !caller) throw new AppError("sign-in-needed", { status: 401 });
  if (spec.role === "admin" && caller?.role !== "admin") {
    throw new AppError("admins-only", { status: 403 });
  }
  const scope = caller?.scope;
  const needed = scopeOf(spec);
  if (scope && !isScopeEnough(scope, needed)) {
    const values = { scope, needed };
    throw new AppError("token-scope-too-small", { status: 403, values, members: { needed } });
  }
  if (caller && changes(spec) && !request.headers.has("authorization")) {
    const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustProxy = false } = env().values;
    if (!isSameOrigin(request.headers, { publicUrl, trustProxy })) {
      throw new AppError("foreign-origin", { status: 403 });
    }
  }
  const isOwn = /^\/api\/v1\/me(\/|$)/.test(spec.path);
  if (caller?.mustChangePassword && !isOwn && spec.role !== "anyone") {
    throw new AppError("password-change-needed", { status: 403 });
  }
  if (changes(spec) && (!isOwn || spec.refusedInDemo) && isDemo(db, env())) {
    throw new AppError("demo-refused", { status: 403 });
  }
  if (spec.account && caller && caller.id === null) {
    throw new AppError("no-account-yet", { status: 409 });
  }
}

interface ReadInput {
  body: unknown;
  files: Record<string, UploadedFile>;
}

/** Reads and parses the body. @throws AppError 400, 413, 415 or 422. */
async function readInput(spec: ApiSpec, request: Request): Promise<ReadInput> {
  if (!spec.body && !spec.multipart) return { body: undefined, files: {} };
  const type = mediaType(request.headers);
  const isForm = spec.multipart !== undefined && type === "multipart/form-data";
  const isJson = spec.body !== undefined && (type === "application/json" || type.endsWith("+json"));
  // No body and no type: fine where the schema says that nothing need be sent.
  if (type === "" && spec.body?.safeParse(undefined).success) {
    const sent = await readBody(request, 0);
    if (sent.length === 0) return { body: parseInput(spec.body, undefined), files: {} };
  }
  if (!isForm && !isJson) {
    const allowed = [spec.body && "application/json", spec.multipart && "multipart/form-data"];
    throw new AppError("body-type-unknown", {
      status: 415,
      values: { allowed: allowed.filter(Boolean).join(", ") },
    });
  }
  const bytes = await readBody(request, spec.maxBodyBytes ?? defaultMaxBodyBytes);
  if (!isForm || !spec.multipart) {
    return { body: spec.body && parseInput(spec.body, parseJson(bytes)), files: {} };
  }
  const { fields: fieldSchema, files: fileSpecs } = spec.multipart;
  const contentType = request.headers.get("content-type") ?? "";
  const { fields, files } = await parseForm(bytes, contentType, Object.keys(fileSpecs));
  const faults: Record<string, Reason> = {};
  for (const [name, { maxBytes, required }] of Object.entries(fileSpecs)) {
    const file = files[name];
    if (required && !file) faults[name] = reason("field-required");
    if (file && file.bytes.length > maxBytes) {
      faults[name] = reason("file-too-large", { megabytes: maxBytes / 1_048_576 });
    }
  }
  if (Object.keys(faults).length > 0) {
    throw new AppError("invalid-input", { status: 422, fields: faults });
  }
  return { body: parseInput(fieldSchema, fields), files };
}

/** The query as an object; a name that comes several times keeps its first value. */
function queryOf(url: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (!Object.hasOwn(query, name)) query[name] = value;
  }
  return query;
}

function parsePath(schema: z.ZodType | undefined, params: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new AppError("not-found", { status: 404 });
  return parsed.data;
}

/** Turns a handler's result into an answer; only what the status's schema names goes out. */
function respond(spec: ApiSpec, result: unknown): Response {
  if (result instanceof Response) return result;
  const own = result instanceof ApiAnswer ? result : undefined;
  const first = Object.keys(spec.answers)
    .map(Number)
    .find((status) => status < 300);
  const status = own?.status ?? first ?? 200;
  const headers = new Headers({ ...answerHeaders });
  for (const [name, value] of new Headers(own?.headers)) headers.set(name, value);
  const schema = spec.answers[status];
  if (!schema) return new Response(null, { status, headers });
  const data = schema.parse(own ? own.data : result);
  headers.set("content-type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(data), { status, headers });
}

/**
 * Makes a route handler: authorises, parses, calls `handler`, and answers. The order is that of
 * trust: nobody's body is read before it is known who sends it.
 *
 * What is thrown becomes a problem document: AppError with its own status, UpstreamError 502 or
 * 503, anything else 500 with a general sentence (and the fault in the log, by request id).
 */
export function apiRoute<const Spec extends ApiSpec>(
  spec: Spec,
  handler: (context: ApiContext<Spec>) => ApiResult<Spec> | Promise<ApiResult<Spec>>,
): ApiRoute {
  const route = async (
    request: Request,
    context: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response> => {
    const now = new Date();
    const requestId = randomId();
    let locale = requestLocale(request.headers);
    try {
      const db = database();
      const caller = await callerOf(db, request, now);
      locale = requestLocale(request.headers, caller);
      authorise(spec, caller, request, db);
      const params = parsePath(spec.params, await context.params);
      const query = spec.query && parseInput(spec.query, queryOf(request.url));
      const input = await readInput(spec, request);
      const say = (given: Reason | null) => given && reasonText(given, locale);
      // The spec's schemas made these values; their types follow from it.
      const given = {
        db,
        user: caller,
        params,
        query,
        body: input.body,
        files: input.files,
        request,
        now,
        locale,
        t: wordsOf(locale),
        say,
        requestId,
      } as unknown as ApiContext<Spec>;
      return respond(spec, await handler(given));
    } catch (error) {
      return problemResponse(error, {
        locale,
        requestId,
        now,
        where: `${spec.method} ${spec.path}`,
      });
    }
  };
  return Object.assign(route, { spec });
}
