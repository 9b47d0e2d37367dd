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
    <ul className="grid grid-cols-3 gap-3 sm:grid-cols-5 lg:grid-cols-7">
      {Object.entries(icons).map(([name, Icon]) => (
        <li
          key={name}
          className="grid justify-items-center gap-2 rounded-lg border border-line p-3"
        >
          <Icon className="size-6" />
          <code className="text-center text-[0.6875rem] text-faint">{name}</code>
        </li>
      ))}
    </ul>
  );
}
