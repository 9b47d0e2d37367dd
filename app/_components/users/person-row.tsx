"use client";

import {
  Ban,
  Ellipsis,
  KeyRound,
  Link2,
  LogOut,
  ShieldCheck,
  Trash2,
  UserRound,
  UserRoundCheck,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import {
  deleteUserAction,
  makeResetLinkAction,
  signOutPersonAction,
  updateUserAction,
} from "@/lib/users/actions";
import type { UserView } from "@/lib/users/schema";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CopyOnce } from "../ui/copy-once";
import { ConfirmDialog } from "../ui/dialog";
import { Menu, MenuItem } from "../ui/menu";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { NewPasswordForm } from "./new-password-form";

interface PersonRowProps {
  person: UserView;
  isSelf: boolean;
  /** When they were last here, in words. */
  seen: ReactNode;
}

/** Somebody with an account, and what an admin may do with it. */
export function PersonRow({ person, isSelf, seen }: PersonRowProps) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const { pending, run } = useCommand();
  const [asking, setAsking] = useState(false);
  const [settingPassword, setSettingPassword] = useState(false);
  const [resetLink, setResetLink] = useState<string>();
  const { id, username, role, disabled } = person;

  const change = (to: { role?: "admin" | "member"; disabled?: boolean }, said: string) =>
    run(
      () => updateUserAction({ id, ...to }),
      () => showToast({ message: said }),
    );

  const makeResetLink = () =>
    run(
      () => makeResetLinkAction({ id }),
      ({ path }) => setResetLink(new URL(path, window.location.origin).href),
    );
  const signOut = () =>
    run(
      () => signOutPersonAction({ id }),
      () => showToast({ message: t("signedOutSaid", { username }) }),
    );

  return (
    <li className="grid grid-cols-1 gap-3 py-3">
      <div className="flex items-center gap-3">
        <div className="min-w-0 grow">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 truncate font-medium">
              <bdi>{username}</bdi>
            </span>
            <Badge tone={role === "admin" ? "lamp" : "faint"}>{t(`role.${role}`)}</Badge>
            {isSelf && <Badge tone="faint">{t("you")}</Badge>}
            {disabled && <Badge tone="danger">{t("shutOut")}</Badge>}
            {person.mustChangePassword && <Badge tone="faint">{t("newPasswordDue")}</Badge>}
          </div>
          <p className="text-caption text-faint">{seen}</p>
        </div>
        {!isSelf && (
          <Menu
            trigger={
              <Button
                square
                tone="quiet"
                pending={pending && !asking}
                aria-label={t("moreFor", { username })}
              >
                <Ellipsis aria-hidden className="size-5" />
              </Button>
            }
          >
            {role === "member" && (
              <MenuItem
                icon={<ShieldCheck aria-hidden />}
                onSelect={() => change({ role: "admin" }, t("nowAdmin", { username }))}
              >
                {t("makeAdmin")}
              </MenuItem>
            )}
            {role === "admin" && (
              <MenuItem
                icon={<UserRound aria-hidden />}
                onSelect={() => change({ role: "member" }, t("nowMember", { username }))}
              >
                {t("makeMember")}
              </MenuItem>
            )}
            {!disabled && (
              <MenuItem icon={<Link2 aria-hidden />} onSelect={makeResetLink}>
                {t("makeResetLink")}
              </MenuItem>
            )}
            <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setSettingPassword(true)}>
              {t("setPassword")}
            </MenuItem>
            <MenuItem icon={<LogOut aria-hidden />} onSelect={signOut}>
              {t("signOutEverywhere")}
            </MenuItem>
            <MenuItem
              icon={disabled ? <UserRoundCheck aria-hidden /> : <Ban aria-hidden />}
              onSelect={() =>
                change(
                  { disabled: !disabled },
                  disabled ? t("letInSaid", { username }) : t("shutOutSaid", { username }),
                )
              }
            >
              {disabled ? t("letIn") : t("shutOutAction")}
            </MenuItem>
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setAsking(true)}>
              {t("delete")}
            </MenuItem>
          </Menu>
        )}
      </div>
      {resetLink && (
        <CopyOnce
          label={t("resetLinkLabel", { username })}
          text={resetLink}
          hint={t("resetLinkHint")}
        />
      )}
      {settingPassword && (
        <NewPasswordForm person={person} onClose={() => setSettingPassword(false)} />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("deleteTitle", { username })}
        description={t("deleteDescription")}
        confirmLabel={t("delete")}
        cancelLabel={common("cancel")}
        pending={pending}
        onConfirm={() =>
          run(
            () => deleteUserAction({ id }),
            () => {
              setAsking(false);
              showToast({ message: t("deletedSaid", { username }) });
            },
          )
        }
      />
    </li>
  );
}
