"use client";

import { type ComponentProps, useState } from "react";
import { LinkButton } from "../ui/link-button";

/**
 * A link to the player that fetches it as soon as somebody is about to press: what lies between
 * pointing at a button and pressing it is as long as the player takes to arrive.
 */
export function PlayLink(props: ComponentProps<typeof LinkButton>) {
  const [isNear, setIsNear] = useState(false);
  const comeNear = () => setIsNear(true);
  return (
    <LinkButton
      {...props}
      prefetch={isNear}
      onPointerEnter={comeNear}
      onTouchStart={comeNear}
      onFocus={comeNear}
    />
  );
}
