import { currentUser } from "@/lib/auth/current-user";
import { BarePage } from "./_components/shell/bare-page";
import { NothingHere } from "./_components/shell/nothing-here";

/** An address that no page has. Films and settings that are gone say it between their bars. */
export default async function NotFound() {
  const user = await currentUser();
  return (
    <BarePage>
      <NothingHere maySearch={user !== null} />
    </BarePage>
  );
}
