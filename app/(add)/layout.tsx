import type { ReactNode } from "react";
import { GatedShell } from "@/app/_components/shell/gated-shell";
import { requireUser } from "@/lib/auth/current-user";
import { loadRequestLinks } from "@/lib/requests/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";

const namespaces = ["addForm", "sourceSearch", "bin"] as const;

/**
 * Adding is for admins, and for members when the household lets them: beside what is for admins.
 * Whoever is to ask instead is sent on from here.
 */
export default async function AddLayout({ children }: { children: ReactNode }) {
  const [user, mayAdd, requests] = await Promise.all([
    requireUser(),
    loadMayAdd(),
    loadRequestLinks(),
  ]);
  return (
    <GatedShell
      user={user}
      mayAdd={mayAdd}
      requests={requests}
      isAllowed={mayAdd || requests.mayAsk}
      namespaces={namespaces}
    >
      {children}
    </GatedShell>
  );
}
