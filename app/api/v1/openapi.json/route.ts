import { z } from "zod";
import { type ApiSpec, apiRoute } from "@/lib/web/api";
import { openApiDocument, specsOf } from "@/lib/web/openapi";

/** Every route of the API: a new file is in the document without being listed anywhere. */
const modules = import.meta.glob<Record<string, unknown>>(["../../**/route.ts", "!./route.ts"]);

const spec = {
  method: "GET",
  path: "/api/v1/openapi.json",
  summary: "This document",
  role: "anyone",
  answers: { 200: z.looseObject({ openapi: z.string() }) },
} as const satisfies ApiSpec;

export const GET = apiRoute(spec, async () => {
  const loaded = await Promise.all(Object.values(modules).map((load) => load()));
  return openApiDocument([...loaded.flatMap(specsOf), spec]);
});
