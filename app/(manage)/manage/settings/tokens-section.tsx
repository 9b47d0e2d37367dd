import { SectionCard } from "@/app/_components/settings/section-card";
import { TokenForm, TokenRow } from "@/app/_components/users/token-forms";
import { Moment } from "@/app/_components/words/moment";
import { loadTokens } from "@/lib/users/loaders";
import { words } from "@/lib/web/words";

/** Tokens for scripts and dashboards. */
export async function TokensSection() {
  const [tokens, t] = await Promise.all([loadTokens(), words("tokens")]);
  return (
    <>
      <SectionCard title={t("newTitle")}>
        <TokenForm />
      </SectionCard>
      {tokens.length > 0 && (
        <SectionCard title={t("listTitle")}>
          <ul className="-my-3 divide-y divide-line">
            {tokens.map(({ id, name, scope, username, lastUsedAt, expiresAt }) => (
              <TokenRow key={id} token={{ id, name, scope }}>
                <span>{t("actsAs", { username })}</span>
                <span>
                  {lastUsedAt ? (
                    <>
                      {t("lastUsed")} <Moment at={lastUsedAt} />
                    </>
                  ) : (
                    t("neverUsed")
                  )}
                </span>
                {expiresAt && (
                  <span>
                    {t("until")} <Moment at={expiresAt} />
                  </span>
                )}
              </TokenRow>
            ))}
          </ul>
        </SectionCard>
      )}
    </>
  );
}
