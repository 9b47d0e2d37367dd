import "server-only";
import { cookies } from "next/headers";

/** In which a browser tells it: TellTimeZone writes it, for days as their owner counts them. */
const timeZoneCookie = "time-zone";

/** The time zone of whoever looks at the page, as their browser told it; UTC until it did. */
export async function viewerTimeZone(): Promise<string> {
  const told = (await cookies()).get(timeZoneCookie)?.value;
  if (!told) return "UTC";
  try {
    const timeZone = decodeURIComponent(told);
    // Throws for what is not one.
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}
