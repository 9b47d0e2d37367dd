"use client";

import { type ReactNode, useActionState } from "react";
import { signOutAction } from "@/lib/users/actions";

interface SignOutButtonProps {
  className?: string;
  children: ReactNode;
}

/** Signs this device out. */
export function SignOutButton({ className, children }: SignOutButtonProps) {
  const [, send, isPending] = useActionState(signOutAction, null);
  return (
    <form action={send}>
      <button type="submit" disabled={isPending} className={className}>
        {children}
      </button>
    </form>
  );
}
