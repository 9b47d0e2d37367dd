import type { Metadata } from "next";
import { connection } from "next/server";
import { Reconnect } from "@/app/_components/offline/reconnect";
import { Mark } from "@/app/_components/shell/mark";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("offline"))("title") };
}

/**
 * What the service worker shows where the server can't be reached, under the address that was asked
 * for. It is kept on the device, so nothing on it is anybody's.
 */
export default async function OfflinePage() {
  await connection();
  const [t, app] = await Promise.all([words("offline"), words("app")]);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-lg content-start px-(--gutter) pt-[max(2.5rem,12vh)]">
      <p className="flex items-center justify-center gap-2.5 text-heading">
        <Mark className="size-7" />
        {app("name")}
      </p>
      <Reconnect
        title={t("title")}
        description={t("description")}
        retry={t("retry")}
        retriesItself={t("retriesItself")}
      />
    </main>
  );
}
