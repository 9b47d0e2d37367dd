import {
  Bookmark,
  BookmarkCheck,
  Captions,
  Clapperboard,
  Download,
  History,
  House,
  Info,
  Play,
  Plus,
  Search,
  Settings,
  Trash2,
  TriangleAlert,
  UserRound,
} from "lucide-react";
import type { ComponentType } from "react";
import { Mark } from "../shell/mark";

const icons: Record<string, ComponentType<{ className: string }>> = {
  Mark,
  ...{ House, Search, Clapperboard, Bookmark, BookmarkCheck, Play, Plus, Download },
  ...{ Captions, History, Settings, UserRound, Info, TriangleAlert, Trash2 },
};

/** The icons that stand for something everywhere, by their names in lucide. */
export function Icons() {
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-5">
      {Object.entries(icons).map(([name, Icon]) => (
        <li
          key={name}
          className="flex min-h-11 items-center gap-3 rounded-lg border border-line px-3"
        >
          <Icon className="size-5 shrink-0" />
          <code className="text-caption text-faint">{name}</code>
        </li>
      ))}
    </ul>
  );
}
