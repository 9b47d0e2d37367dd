import Link from "next/link";
import { Fragment } from "react";

/** Names in a line, each a link to what else of theirs is in the library. */
export function PeopleLinks({ names }: { names: readonly string[] }) {
  return names.map((name, place) => (
    <Fragment key={name}>
      {place > 0 && ", "}
      <Link
        href={searchFor(name)}
        prefetch={false}
        data-stop
        className="-my-2 inline-block py-2 text-text underline-offset-4 hover:underline"
      >
        <bdi>{name}</bdi>
      </Link>
    </Fragment>
  ));
}

/** Where a person's other movies are found. */
export function searchFor(name: string): string {
  return `/search?${new URLSearchParams({ query: name })}`;
}
