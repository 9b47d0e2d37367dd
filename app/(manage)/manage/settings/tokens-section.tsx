import { SectionCard } from "@/app/_components/settings/section-card";
import { AwayLink } from "@/app/_components/ui/away-link";
import { exampleCall } from "@/app/_components/users/example-call";
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
      <SectionCard title={t("useTitle")} description={t("useDescription")}>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          tabIndex={0}
          dir="ltr"
          className="overflow-auto rounded-lg bg-ink p-3 text-caption select-all"
        >
          {exampleCall}
        </pre>
        <AwayLink href="/api/v1/openapi.json">{t("apiLink")}</AwayLink>
      </SectionCard>
    </>
  );
}
