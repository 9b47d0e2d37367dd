import { z } from "zod";
import { type ApiRole, type ApiSpec, scopeOf } from "./api-spec";
import { wordsOf } from "./catalogue";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

type Json = Record<string, unknown>;

/** Specs of one route file; methods without one (next-auth's, streams) are not in the document. */
export function specsOf(module: Record<string, unknown>): ApiSpec[] {
  return methods.flatMap((method) => {
    const handler = module[method];
    if (typeof handler !== "function" || !("spec" in handler)) return [];
    return [handler.spec as ApiSpec];
  });
}

/** JSON Schema 2020-12, which is what OpenAPI 3.1 takes, without the dialect on every one. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    // A date in an input is what its text is read into.
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") {
        jsonSchema.type = "string";
        jsonSchema.format = "date-time";
      }
    },
  });
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: shape,
  }));
}

function requestBodyOf(spec: ApiSpec): Json | undefined {
  const content: Json = {};
  if (spec.body) content["application/json"] = { schema: schemaOf(spec.body, "input") };
  if (spec.multipart) {
    const fields = schemaOf(spec.multipart.fields, "input") as {
      properties?: Json;
      required?: string[];
    };
    const files = Object.entries(spec.multipart.files);
    content["multipart/form-data"] = {
      schema: {
        type: "object",
        properties: {
          ...fields.properties,
          ...Object.fromEntries(
            files.map(([name, { description, maxBytes }]) => [
              name,
              {
                type: "string",
                format: "binary",
                description: [description, `at most ${maxBytes} bytes`].filter(Boolean).join("; "),
              },
            ]),
          ),
        },
        required: [
          ...(fields.required ?? []),
          ...files.filter(([, file]) => file.required).map(([name]) => name),
        ],
      },
    };
  }
  if (Object.keys(content).length === 0) return undefined;
  const isRequired = !spec.body?.safeParse(undefined).success;
  return { required: isRequired, content };
}

/** What the wrapper itself answers, by what the spec asks for. */
function refusalsOf(spec: ApiSpec): number[] {
  const statuses = [500];
  if (spec.role !== "anyone") statuses.push(401);
  if (spec.role === "admin" || spec.method !== "GET") statuses.push(403);
  if (spec.params) statuses.push(404);
  if (spec.account) statuses.push(409);
  if (spec.body || spec.multipart) statuses.push(400, 413, 415);
  if (spec.body || spec.multipart || spec.query) statuses.push(422);
  return statuses;
}

const say = wordsOf("en", "problems");

function responsesOf(spec: ApiSpec): Json {
  const responses: Json = {};
  const problem = { $ref: "#/components/schemas/Problem" };
  const refused = (status: number) => ({
    description: say(`status-${status}`),
    content: { "application/problem+json": { schema: problem } },
  });
  for (const status of refusalsOf(spec)) responses[status] = refused(status);
  for (const [status, schema] of Object.entries(spec.answers)) {
    if (schema) {
      responses[status] = {
        description: "Answer",
        content: { "application/json": { schema: schemaOf(schema, "output") } },
      };
    } else if (Number(status) < 400) responses[status] = { description: "Done" };
    else responses[status] = refused(Number(status));
  }
  return responses;
}

function securityOf(role: ApiRole): Json[] {
  const known = [{ bearer: [] }, { session: [] }];
  return role === "anyone" ? [{}, ...known] : known;
}

function operationOf(spec: ApiSpec): Json {
  const parameters = [...parametersOf(spec.params, "path"), ...parametersOf(spec.query, "query")];
  return {
    operationId: `${spec.method.toLowerCase()} ${spec.path}`.replace(/[^a-z0-9]+/gi, "-"),
    summary: spec.summary,
    tags: [spec.path.split("/")[3] ?? "health"],
    "x-role": spec.role,
    "x-token-scope": scopeOf(spec),
    security: securityOf(spec.role),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBodyOf(spec) ? { requestBody: requestBodyOf(spec) } : {}),
    responses: responsesOf(spec),
  };
}

const problemSchema = {
  type: "object",
  description: "RFC 9457 problem details",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "what happened and what to do, in plain words" },
    errors: {
      type: "object",
      description: "on 422, in words, by field",
      additionalProperties: { type: "string" },
    },
    movieId: { type: "string", description: "on 409, the movie that there is" },
    services: {
      type: "array",
      description: "on 502 and 503, what is down",
      items: {
        type: "object",
        required: ["name", "detail"],
        properties: { name: { type: "string" }, detail: { type: "string" } },
      },
    },
    requestId: { type: "string", description: "on 500, to find it in the log" },
  },
};

/** The OpenAPI 3.1 document of these routes, from the schemas that validate. */
export function openApiDocument(specs: ApiSpec[]): Json & { openapi: string } {
  const paths: Record<string, Json> = {};
  const sorted = [...specs].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const spec of sorted) {
    paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operationOf(spec) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Vigilio", version: "1" },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "vigilio.session",
          description: "a changing request also needs a same-origin Origin or Sec-Fetch-Site",
        },
      },
    },
  };
}
