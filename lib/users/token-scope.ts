import { type TokenScope, tokenScopes } from "@/db/schema/people";

/** True when a token of one scope may do what needs another: each holds those before it. */
export function isScopeEnough(has: TokenScope, needed: TokenScope): boolean {
  return tokenScopes.indexOf(has) >= tokenScopes.indexOf(needed);
}
