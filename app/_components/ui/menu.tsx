"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

interface MenuProps {
  /** The button that opens it: one element that takes a ref. */
  trigger: ReactNode;
  children: ReactNode;
}

/** Where menus are put: in the page's main part, since what stands outside of it is no part of it. */
const pageContent = () =>
  typeof document === "undefined" ? undefined : document.querySelector<HTMLElement>("main");

/** What else can be done with a thing. Arrow keys, letters and Escape work as in any menu. */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={pageContent()}>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="panel z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 overflow-y-auto p-1.5"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({
  icon,
  danger = false,
  disabled = false,
  onSelect,
  children,
}: MenuItemProps) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className={`flex min-h-11 items-center gap-3 rounded-lg px-3 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-line [&_svg]:size-5 [&_svg]:shrink-0 ${danger ? "text-danger" : ""}`}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}
