import { NothingHere } from "@/app/_components/shell/nothing-here";

/** A film that is not there, or not any more; the bars lead on from it. */
export default function NotFound() {
  return <NothingHere maySearch />;
}
