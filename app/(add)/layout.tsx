import type { ReactNode } from "react";
import { GatedShell } from "@/app/_components/shell/gated-shell";
import { requireUser } from "@/lib/auth/current-user";
import { loadMayAdd } from "@/lib/sources/loaders";

const namespaces = ["addForm", "sourceSearch", "bin"] as const;

/** Adding is for admins, and for members when the household lets them: beside what is for admins. */
export default async function AddLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd] = await Promise.all([requireUser(), loadMayAdd()]);
  return (
    <GatedShell user={user} mayAdd={mayAdd} isAllowed={mayAdd} namespaces={namespaces}>
      {children}
    </GatedShell>
  );
}
