"use client";

import { type ReactNode, useActionState } from "react";
import { signOutAction } from "@/lib/users/actions";
import { keepPicturesOf } from "../offline/kept-pictures";

interface SignOutButtonProps {
  className?: string;
  children: ReactNode;
}

/** Signs this device out. */
export function SignOutButton({ className, children }: SignOutButtonProps) {
  const [, send, isPending] = useActionState(signOutAction, null);
  return (
    <form action={send} onSubmit={() => void keepPicturesOf("")}>
      <button type="submit" disabled={isPending} className={className}>
        {children}
      </button>
    </form>
  );
}
