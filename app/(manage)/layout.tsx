import type { ReactNode } from "react";
import { GatedShell } from "@/app/_components/shell/gated-shell";
import { requireUser } from "@/lib/auth/current-user";
import { loadRequestLinks } from "@/lib/requests/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";

const namespaces = ["downloads", "jobActions", "bin"] as const;

/** Pages for admins. The loaders behind them ask again; here a member is told so kindly. */
export default async function ManageLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd, requests] = await Promise.all([
    requireUser(),
    loadMayAdd(),
    loadRequestLinks(),
  ]);
  const isAllowed = user.role === "admin";
  return (
    <GatedShell
      user={user}
      mayAdd={mayAdd}
      requests={requests}
      isAllowed={isAllowed}
      namespaces={namespaces}
    >
      {children}
    </GatedShell>
  );
}
