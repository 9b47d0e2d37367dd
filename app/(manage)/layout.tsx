import type { ReactNode } from "react";
import { GatedShell } from "@/app/_components/shell/gated-shell";
import { requireUser } from "@/lib/auth/current-user";
import { loadMayAdd } from "@/lib/sources/loaders";

const namespaces = ["downloads", "jobActions", "bin"] as const;

/** Pages for admins. The loaders behind them ask again; here a member is told so kindly. */
export default async function ManageLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd] = await Promise.all([requireUser(), loadMayAdd()]);
  const isAllowed = user.role === "admin";
  return (
    <GatedShell user={user} mayAdd={mayAdd} isAllowed={isAllowed} namespaces={namespaces}>
      {children}
    </GatedShell>
  );
}
