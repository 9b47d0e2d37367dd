import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface NoticeProps {
  tone?: "plain" | "danger";
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** Read out at once when it appears: the answer to something that was just pressed. */
  live?: boolean;
}

/** Something to know, or that went wrong, with the button that helps. */
export function Notice({ tone = "plain", title, children, action, live = false }: NoticeProps) {
  const Icon = tone === "danger" ? TriangleAlert : Info;
  return (
    <div
      role={live ? "alert" : undefined}
      className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-xl border bg-surface p-4 ${tone === "danger" ? "border-danger/50" : "border-line"}`}
    >
      <Icon
        aria-hidden
        className={`mt-0.5 size-5 shrink-0 ${tone === "danger" ? "text-danger" : "text-lamp"}`}
      />
      <div className="grid content-start gap-1">
        <p className="font-medium">{title}</p>
        {children && <div className="text-caption text-faint">{children}</div>}
      </div>
      {/* On a phone buttons need the whole width. */}
      {action && (
        <div className="mt-3 flex flex-wrap gap-2 max-sm:col-span-2 max-sm:*:grow sm:col-start-2">
          {action}
        </div>
      )}
    </div>
  );
}
