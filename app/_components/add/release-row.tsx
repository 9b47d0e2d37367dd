import type { ReleaseView } from "@/lib/sources/schema";
import { ReleaseFacts } from "./release-facts";
import { TakeButton } from "./take-button";
import type { TakeRelease } from "./use-take-release";

interface ReleaseRowProps {
  release: ReleaseView;
  /** Of its movie. */
  title: string;
  take: TakeRelease;
}

/** One of the other releases of a movie. */
export function ReleaseRow({ release, title, take }: ReleaseRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 p-4">
      <div className="grid min-w-0 grow basis-72 gap-1.5">
        <ReleaseFacts release={release} />
        {release.name && (
          <p className="truncate text-caption text-faint" title={release.name}>
            <bdi>{release.name}</bdi>
          </p>
        )}
      </div>
      <TakeButton release={release} title={title} take={take} />
    </li>
  );
}
