"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useId, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeQbittorrentAction, testQbittorrentAction } from "@/lib/settings/actions";
import { Button } from "../ui/button";
import { controlClass, describedBy, FieldFrame } from "../ui/field";
import { SavingForm } from "./saving-form";
import { SettingField, type SettingState } from "./setting-field";

interface QbittorrentFormProps {
  url: string | null;
  username: string | null;
  /** `/remote=/local`, one pair a line. */
  pathMap: string;
  states: Record<"url" | "username" | "password" | "pathMap", SettingState>;
}

type Tried = { ok: boolean; text: string } | null;

/** How qBittorrent is reached; an empty address means Vigilio's own. */
export function QbittorrentForm({ url, username, pathMap, states }: QbittorrentFormProps) {
  const t = useTranslations("settingsForm");
  const common = useTranslations("common");
  const mapId = useId();
  const [tried, setTried] = useState<Tried>(null);
  const [testing, startTest] = useTransition();

  function test(form: HTMLFormElement | null) {
    if (!form) return;
    const sent = new FormData(form);
    startTest(async () => {
      try {
        const result = await testQbittorrentAction(sent);
        const problem = result.ok ? undefined : result.problem;
        const texts = problem?.errors ? Object.values(problem.errors) : [problem?.detail ?? ""];
        setTried(
          result.ok
            ? { ok: true, text: t("qbittorrentAnswers", { version: result.data.version }) }
            : { ok: false, text: texts.join(" ") },
        );
      } catch {
        setTried({ ok: false, text: common("noAnswer") });
      }
    });
  }

  const Icon = tried?.ok ? CircleCheck : CircleAlert;
  return (
    <SavingForm
      action={changeQbittorrentAction}
      submit={t("checkAndSave")}
      said={({ needsRestart }) =>
        needsRestart ? t("qbittorrentSavedRestart") : t("qbittorrentSaved")
      }
      insist={{ label: t("saveUnchecked"), when: () => true }}
      disabled={Object.values(states).every(({ variable }) => variable !== null)}
      aside={
        <Button pending={testing} onClick={(event) => test(event.currentTarget.form)}>
          {t("testConnection")}
        </Button>
      }
    >
      {(errors) => (
        <>
          <SettingField
            name="qbittorrentUrl"
            type="url"
            label={t("qbittorrentUrl")}
            hint={t("qbittorrentUrlHint")}
            placeholder="http://192.168.1.20:8080"
            defaultValue={url ?? ""}
            state={states.url}
            error={errors.qbittorrentUrl}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <SettingField
              name="qbittorrentUsername"
              label={t("qbittorrentUsername")}
              defaultValue={username ?? ""}
              state={states.username}
              error={errors.qbittorrentUsername}
            />
            <SettingField
              name="qbittorrentPassword"
              label={t("qbittorrentPassword")}
              secret
              state={states.password}
              error={errors.qbittorrentPassword}
            />
          </div>
          <details open={pathMap !== ""}>
            <summary className="flex min-h-11 items-center font-medium">{t("advanced")}</summary>
            <FieldFrame
              id={mapId}
              label={t("pathMap")}
              hint={
                states.pathMap.variable
                  ? t("owned", { variable: states.pathMap.variable })
                  : t("pathMapHint")
              }
              error={errors.qbittorrentPathMap}
            >
              <textarea
                id={mapId}
                name="qbittorrentPathMap"
                rows={3}
                spellCheck={false}
                disabled={states.pathMap.variable !== null}
                defaultValue={pathMap}
                aria-invalid={errors.qbittorrentPathMap ? true : undefined}
                aria-describedby={describedBy(mapId, true, errors.qbittorrentPathMap)}
                className={`${controlClass} font-mono`}
              />
            </FieldFrame>
          </details>
          {tried && (
            <p role="status" className={`flex items-start gap-2 ${tried.ok ? "" : "text-danger"}`}>
              <Icon
                aria-hidden
                className={`mt-0.5 size-5 shrink-0 ${tried.ok ? "text-lamp" : ""}`}
              />
              {tried.text}
            </p>
          )}
        </>
      )}
    </SavingForm>
  );
}
