import type { Metadata } from "next";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { InviteForm, OpenInvitation } from "@/app/_components/users/invite-form";
import { MembersMayAdd } from "@/app/_components/users/members-may-add";
import { PersonRow } from "@/app/_components/users/person-row";
import { Moment } from "@/app/_components/words/moment";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadSettings } from "@/lib/settings/loaders";
import { loadPeople } from "@/lib/users/loaders";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("settings"))("section.people") };
}

export default async function UsersPage() {
  const [{ ownId, users, invitations }, { values }, t, settings] = await Promise.all([
    loadPeople(),
    loadSettings(),
    words("people"),
    words("settings"),
  ]);
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "people"]}>
      <SettingsFrame
        title={settings("section.people")}
        description={settings("sectionDescription.people")}
      >
        <SectionCard title={t("listTitle")}>
          <ul className="-my-3 divide-y divide-line">
            {users.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isSelf={person.id === ownId}
                seen={
                  person.lastSeenAt ? (
                    <>
                      {t("lastSeen")} <Moment at={person.lastSeenAt} />
                    </>
                  ) : (
                    t("neverSeen")
                  )
                }
              />
            ))}
          </ul>
        </SectionCard>
        <SectionCard title={t("inviteTitle")} description={t("inviteDescription")}>
          <InviteForm />
          {invitations.length > 0 && (
            <div className="-mb-2 grid gap-1">
              <h3 id="open-invitations" className="font-medium">
                {t("openInvitations")}
              </h3>
              <ul aria-labelledby="open-invitations" className="divide-y divide-line">
                {invitations.map(({ id, role, createdAt, expiresAt }) => (
                  <OpenInvitation
                    key={id}
                    id={id}
                    role={role}
                    until={
                      <>
                        <span>
                          {t("made")} <Moment at={createdAt} />
                        </span>
                        <span>
                          {t("validUntil")} <Moment at={expiresAt} />
                        </span>
                      </>
                    }
                  />
                ))}
              </ul>
            </div>
          )}
        </SectionCard>
        <SectionCard title={t("rightsTitle")}>
          <MembersMayAdd value={values.membersMayAdd} />
        </SectionCard>
      </SettingsFrame>
    </WordsProvider>
  );
}
