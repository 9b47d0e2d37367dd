import type { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions";
import type { Caller } from "@/lib/auth/tokens";
import type { Connection } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import type { TokenScope } from "@/lib/users/schema";
import type { UploadedFile } from "./body";
import type { Say } from "./catalogue";

/** Who may call: everybody, people who are signed in (demo visitors too), or admins. */
export type ApiRole = "anyone" | "member" | "admin";

/** A file of a multipart body. */
interface FileSpec {
  maxBytes: number;
  /** Refused with 422 when it is missing. */
  required?: boolean;
  description?: string;
}

/** What a route is: read by the wrapper that guards it and by the OpenAPI document. */
export interface ApiSpec {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As OpenAPI writes it: /api/v1/movies/{id}. The public gallery's stand in docs/gallery-format.md. */
  path: `/api/${string}` | `/gallery/${string}` | `/demo/${string}`;
  summary: string;
  role: ApiRole;
  /** What a token needs for it, where that is not what its method says: see `scopeOf`. */
  scope?: TokenScope;
  /**
   * True when it is about the caller's own account: `user.id` is then a string, and the
   * environment's token is refused with 409 while there is no admin whose account it could use.
   */
  account?: true;
  /** True for what is the caller's own below /me and still not to change in a demo. */
  refusedInDemo?: true;
  /** Of the path; what does not fit is 404. */
  params?: z.ZodType;
  query?: z.ZodType;
  /** JSON body. */
  body?: z.ZodType;
  /** Form body, instead of or beside JSON: the content type decides. */
  multipart?: { fields: z.ZodType; files: Record<string, FileSpec> };
  /** Schema by status, null for an empty answer. The first 2xx is what a plain result gets. */
  answers: Record<number, z.ZodType | null>;
  /** 1 MiB unless told. */
  maxBodyBytes?: number;
}

/**
 * The least that an API token needs for a route, beside its person's role: reading is for every
 * token, changing for those that may all; a route may say otherwise (`scope`). What is for anybody
 * needs none, since it would be answered without the token, too.
 */
export function scopeOf(spec: Pick<ApiSpec, "method" | "role" | "scope">): TokenScope {
  return spec.scope ?? (spec.role === "anyone" || spec.method === "GET" ? "read" : "admin");
}

/** An answer with a status or headers of its own; its data still passes the status's schema. */
export class ApiAnswer {
  constructor(
    readonly status: number,
    readonly data: unknown,
    readonly headers: HeadersInit | undefined,
  ) {}
}

/** Answers with another status than the first 2xx, or with headers. */
export function answer(status: number, data?: unknown, headers?: HeadersInit): ApiAnswer {
  return new ApiAnswer(status, data, headers);
}

type OutputOf<Spec, Name extends string> = Spec extends { [Key in Name]: infer Schema }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : never;

type FieldsOf<Spec> = Spec extends { multipart: { fields: infer Schema } }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : never;

type UserOf<Spec> = Spec extends { account: true }
  ? CurrentUser
  : Spec extends { role: "anyone" }
    ? Caller | null
    : Caller;

/** What a handler gets. Names without a schema in the spec are `never`. */
export interface ApiContext<Spec extends ApiSpec> {
  db: Connection;
  user: UserOf<Spec>;
  params: OutputOf<Spec, "params">;
  query: OutputOf<Spec, "query">;
  /** JSON body or form fields. */
  body: OutputOf<Spec, "body"> | FieldsOf<Spec>;
  files: Record<string, UploadedFile>;
  request: Request;
  now: Date;
  locale: string;
  /** All words, by full key. */
  t: Say;
  /** A reason in the caller's language; null stays null. */
  say: <Given extends Reason | null>(reason: Given) => Given extends null ? null : string;
  requestId: string;
}

type SuccessStatus = 200 | 201 | 202;

// biome-ignore lint/suspicious/noConfusingVoidType: a handler without an answer just ends.
type Nothing = void;

/** What a handler may return as a plain value. */
export type ApiResult<Spec extends ApiSpec> =
  | {
      [Status in keyof Spec["answers"]]: Status extends SuccessStatus
        ? Spec["answers"][Status] extends z.ZodType
          ? z.input<Spec["answers"][Status]>
          : Nothing
        : Status extends 204
          ? Nothing
          : never;
    }[keyof Spec["answers"]]
  | Response
  | ApiAnswer;

/** A route handler of Next that carries its spec. */
export interface ApiRoute {
  (
    request: Request,
    context: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response>;
  spec: ApiSpec;
}
