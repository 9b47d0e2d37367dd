import { createHash } from "node:crypto";
import { z } from "zod";
import { UpstreamError } from "@/lib/errors";
import { apiUrlAfterLogin } from "./hosts";
import type { wireLogin } from "./wire";

/** What must survive a restart. It holds a token: a secret. */
const storedState = z.object({
  /** Whose it is: a digest of key, user name and password. */
  account: z.string(),
  token: z.string().nullable(),
  apiUrl: z.string().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  /** When user name and password were refused: they are not sent again for a day. */
  refusedAt: z.iso.datetime().nullable(),
  /** Downloads are used up until then. */
  quotaResetAt: z.iso.datetime().nullable(),
  /** What the last answer told of the day's downloads: absent in what was kept by older versions. */
  remaining: z.number().int().nonnegative().nullable().default(null),
  renewedAt: z.iso.datetime().nullable().default(null),
});
export type StoredState = z.output<typeof storedState>;

/** Where the state is kept. `load` may give anything: it is parsed, and forgotten when unknown. */
export interface StateStore {
  load(): unknown;
  save(state: StoredState): void;
}

export interface SessionOptions {
  apiKey: string;
  username: string | null;
  password: string | null;
  apiUrl: string;
  state: StateStore;
  now: () => Date;
  /** The request itself. @throws UpstreamError */
  login: (username: string, password: string) => Promise<z.output<typeof wireLogin>>;
}

export interface Session {
  /** Where calls go. */
  apiUrl(): string;
  /** The token that is at hand, without asking for one. */
  token(): string | null;
  /**
   * A token, by a login when there is none; null without an account. One login at a time, and none
   * after a refusal until the account changes or a day has passed: ten failures lock it.
   */
  ensureToken(): Promise<string | null>;
  /** The token is no longer taken. */
  dropToken(token: string): void;
  quotaResetAt(): Date | null;
  setQuotaResetAt(at: Date | null): void;
  /** Downloads that are left, as it was told last; null once they were renewed since. */
  quota(): KnownQuota | null;
  noteQuota(quota: KnownQuota): void;
}

/** What is left of a day's downloads. */
export interface KnownQuota {
  remaining: number;
  /** When they are renewed. */
  resetAt: Date;
}

const refusalMs = 24 * 3_600_000;
/** For a token that does not tell: recordings show 24 hours. */
const unknownLifeMs = 12 * 3_600_000;

export function createSession(options: SessionOptions): Session {
  const { apiUrl, now, state } = options;
  const account = createHash("sha256")
    .update(JSON.stringify([options.apiKey, options.username, options.password]))
    .digest("hex");
  const fresh: StoredState = {
    account,
    token: null,
    apiUrl: null,
    expiresAt: null,
    refusedAt: null,
    quotaResetAt: null,
    remaining: null,
    renewedAt: null,
  };
  let remembered = fresh;
  let loggingIn: Promise<string> | null = null;

  // Read anew each time: another copy of this module may have logged in meanwhile.
  const current = (): StoredState => {
    const stored = storedState.safeParse(state.load());
    return stored.success && stored.data.account === account ? stored.data : remembered;
  };
  const change = (part: Partial<StoredState>) => {
    remembered = { ...current(), ...part };
    state.save(remembered);
  };
  const isAhead = (at: string | null, byMs = 0) =>
    at !== null && Date.parse(at) + byMs > now().getTime();

  const token = () => {
    const { token, expiresAt } = current();
    return token && isAhead(expiresAt) ? token : null;
  };

  async function login(username: string, password: string): Promise<string> {
    try {
      const answer = await options.login(username, password);
      change({
        token: answer.token,
        apiUrl: apiUrlAfterLogin(answer.base_url, apiUrl),
        expiresAt: expiryOf(answer.token, now()).toISOString(),
        refusedAt: null,
      });
      return answer.token;
    } catch (error) {
      // 400 is what an e-mail address in place of the user name gets.
      const status = error instanceof UpstreamError ? error.options.status : undefined;
      if (status !== 401 && status !== 400) throw error;
      change({ token: null, apiUrl: null, expiresAt: null, refusedAt: now().toISOString() });
      throw new UpstreamError("opensubtitles", "credentials", "user name or password refused", {
        status,
      });
    }
  }

  return {
    // Without its token a VIP host refuses everything: then calls go to the usual one.
    apiUrl: () => (token() ? (current().apiUrl ?? apiUrl) : apiUrl),
    token,
    async ensureToken() {
      const { username, password } = options;
      if (!username || !password) return null;
      const atHand = token();
      if (atHand) return atHand;
      if (loggingIn) return loggingIn;
      if (isAhead(current().refusedAt, refusalMs)) {
        throw new UpstreamError(
          "opensubtitles",
          "credentials",
          "user name or password were refused before and are not sent again",
        );
      }
      loggingIn = login(username, password).finally(() => {
        loggingIn = null;
      });
      return loggingIn;
    },
    dropToken(dropped) {
      if (current().token === dropped) change({ token: null, apiUrl: null, expiresAt: null });
    },
    quotaResetAt() {
      const { quotaResetAt } = current();
      return quotaResetAt && isAhead(quotaResetAt) ? new Date(quotaResetAt) : null;
    },
    setQuotaResetAt(at) {
      const next = at?.toISOString() ?? null;
      if (current().quotaResetAt !== next) change({ quotaResetAt: next });
    },
    quota() {
      const { remaining, renewedAt } = current();
      if (remaining === null || renewedAt === null || !isAhead(renewedAt)) return null;
      return { remaining, resetAt: new Date(renewedAt) };
    },
    noteQuota({ remaining, resetAt }) {
      change({ remaining, renewedAt: resetAt.toISOString() });
    },
  };
}

/** `exp` of a JWT (RFC 7519), a minute early. The signature is the server's business. */
function expiryOf(token: string, now: Date): Date {
  try {
    const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { exp } = z.object({ exp: z.number().positive() }).parse(payload);
    return new Date(exp * 1000 - 60_000);
  } catch {
    return new Date(now.getTime() + unknownLifeMs);
  }
}
