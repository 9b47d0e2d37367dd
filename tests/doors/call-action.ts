import {
  type WorkStore,
  workAsyncStorage,
} from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { createRequestStoreForAPI } from "next/dist/server/async-storage/request-store";
import type { ActionResult } from "@/lib/web/action";

export type AnyAction = (input: unknown) => Promise<ActionResult<unknown>>;

/** What an action answered, as if it were a route: 200, a problem's status, or a redirect's 303. */
export interface ActionAnswer {
  status: number;
  /** Of the problem document: /problems/… */
  type: string | undefined;
}

/** What redirect() and notFound() throw. */
function statusOfThrown(error: unknown): number {
  const digest = String((error as { digest?: unknown })?.digest ?? "");
  if (digest.startsWith("NEXT_REDIRECT")) return 303;
  if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) return 404;
  throw error;
}

/**
 * Calls a server action inside of a request with these headers, in the storages from which Next's
 * own headers() and cookies() read.
 */
export async function callAction(
  action: AnyAction,
  input: unknown,
  sent: Record<string, string>,
): Promise<ActionAnswer> {
  const request = { headers: new Headers(sent) } as Parameters<typeof createRequestStoreForAPI>[0];
  const url = { pathname: "/", search: "" };
  const inRequest = createRequestStoreForAPI(
    request,
    url,
    undefined as never,
    undefined,
    undefined as never,
    undefined,
  );
  // Only its route is read, for messages.
  const work = { route: "/", page: "/" } as WorkStore;
  try {
    const result = await workAsyncStorage.run(work, () =>
      workUnitAsyncStorage.run(inRequest, () => action(input)),
    );
    if (result.ok) return { status: 200, type: undefined };
    return { status: Number(result.problem.status), type: String(result.problem.type) };
  } catch (error) {
    return { status: statusOfThrown(error), type: undefined };
  }
}
