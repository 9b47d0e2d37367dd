"use client";

import { Link2, Plus, RotateCcw, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ClipboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { addMovieAction } from "@/lib/movies/actions";
import { useRestore } from "../bin/use-restore";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { FileDrop } from "../ui/file-drop";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { showToast } from "../ui/toast";
import { nameOfSource, recognise } from "./recognise";

interface Problem {
  title: string;
  detail?: string;
  errors?: Record<string, string>;
  movieId?: unknown;
  binId?: unknown;
}

interface AddFormProps {
  initial: string;
  /** Null where there is nothing to search. `again`: even if it is what was asked before. */
  onSearch: ((query: string, again: boolean) => void) | null;
  /** Whoever adds may bring back what lies in the bin. */
  mayRestore: boolean;
}

/** Somebody who pauses so long has said what they look for. */
const pauseMs = 600;
const shortestQuery = 2;

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A file field without a file is sent as an empty one without a name. */
function fileOf(form: FormData): File | null {
  const value = form.get("torrent");
  return value instanceof File && value.name !== "" ? value : null;
}

/**
 * One field that understands a title, an IMDb id or link, a magnet or a link to a .torrent file, and
 * a place to drop one. Without a magnet, link or file it searches; with one it asks which movie it
 * is, and adds it.
 */
export function AddForm({ initial, onSearch, mayRestore }: AddFormProps) {
  const t = useTranslations("addForm");
  const common = useTranslations("common");
  const bin = useTranslations("bin");
  const router = useRouter();
  const restore = useRestore();
  const [pending, startTransition] = useTransition();
  const [movie, setMovie] = useState(initial);
  const [source, setSource] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const hasSource = source !== null || file !== null;
  const isAdding = hasSource || onSearch === null;

  // What somebody typed or chose before this script ran is theirs, too.
  useEffect(() => {
    if (!form.current) return;
    const early = new FormData(form.current);
    setMovie((later) => later || textOf(early, "imdb"));
    setFile((later) => later ?? fileOf(early));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts a search
  useEffect(() => {
    const query = movie.trim();
    if (hasSource || query.length < shortestQuery) {
      onSearch?.("", false);
      return;
    }
    const timer = setTimeout(() => {
      if (!takeSource(query)) onSearch?.(query, false);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [movie, hasSource]);

  /** Takes a magnet or a link out of what was typed; the rest names the movie. */
  function takeSource(text: string): boolean {
    const typed = recognise(text);
    if (typed.source === null) return false;
    setSource(typed.source);
    setMovie(typed.movie ?? "");
    return true;
  }

  function sortPasted(event: ClipboardEvent) {
    const pasted = recognise(event.clipboardData.getData("text"));
    if (pasted.source === null) return;
    event.preventDefault();
    setSource(pasted.source);
    // What is in the field already names the movie, unless something better comes along.
    if (pasted.movie !== null) setMovie(pasted.movie);
  }

  // As the form's action, so that a press that comes before this script is not lost.
  function submit(sent: FormData) {
    const typed = recognise(textOf(sent, "imdb"));
    const torrent = file ?? fileOf(sent);
    const from = typed.source ?? source;
    if (typed.source !== null) takeSource(textOf(sent, "imdb"));
    if (onSearch && !from && !torrent) {
      const query = textOf(sent, "imdb");
      if (query.length >= shortestQuery) onSearch(query, true);
      return;
    }
    const fields = new FormData();
    fields.set("imdb", typed.source === null ? textOf(sent, "imdb") : (typed.movie ?? ""));
    if (torrent) fields.set("torrent", torrent);
    else if (from) fields.set("source", from);
    startTransition(async () => {
      try {
        const outcome = await addMovieAction(fields);
        if (!outcome.ok) {
          setProblem(outcome.problem);
          return;
        }
        setProblem(null);
        showToast({ message: t("added") });
        router.push(`/movies/${outcome.data.movieId}`);
      } catch {
        setProblem({ title: common("noAnswer"), detail: common("noAnswerDetail") });
      }
    });
  }

  const errors = problem?.errors ?? {};
  const movieError = errors.imdb ?? errors.imdbId ?? errors.title ?? errors.tmdbId;
  const sourceError = errors.source ?? errors.torrent;
  const binId = typeof problem?.binId === "string" ? problem.binId : null;
  const known = typeof problem?.movieId === "string" && !binId ? problem.movieId : null;
  return (
    <Card>
      <form ref={form} action={submit} noValidate className="grid grid-cols-1 gap-4">
        <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[1fr_auto]">
          <Field
            label={hasSource ? t("movie") : t("what")}
            hint={hasSource ? t("movieHint") : onSearch ? t("whatHint") : t("whatHintNoSearch")}
            error={movieError}
            name="imdb"
            value={movie}
            onChange={(event) => {
              setMovie(event.target.value);
              setProblem(null);
            }}
            onPaste={sortPasted}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint={isAdding ? "done" : "search"}
            maxLength={20_000}
            dir="auto"
          />
          <Button
            type="submit"
            tone="primary"
            pending={pending}
            className="w-full sm:mt-[1.875rem] sm:w-auto sm:min-w-36"
          >
            {isAdding ? (
              <>
                <Plus aria-hidden className="size-5" />
                {t("submit")}
              </>
            ) : (
              <>
                <Search aria-hidden className="size-5" />
                {t("search")}
              </>
            )}
          </Button>
        </div>
        {source !== null && file === null && (
          <p className="flex items-center gap-3 rounded-xl border border-line bg-ink ps-4">
            <Link2 aria-hidden className="size-5 shrink-0 text-lamp" />
            <span dir="auto" className="min-w-0 grow truncate">
              {nameOfSource(source) ?? t("source")}
            </span>
            <Button
              square
              tone="quiet"
              aria-label={t("sourceRemove")}
              onClick={() => {
                setSource(null);
                setProblem(null);
              }}
            >
              <X aria-hidden className="size-5" />
            </Button>
          </p>
        )}
        <FileDrop
          id="torrent"
          name="torrent"
          accept=".torrent,application/x-bittorrent"
          label={t("file")}
          hint={file ? t("fileChosenHint") : t("fileHint")}
          slim
          removeLabel={t("fileRemove")}
          error={sourceError}
          file={file}
          onFile={(chosen) => {
            setFile(chosen);
            setProblem(null);
          }}
        />
        {problem && !movieError && !sourceError && (
          <Notice
            live
            tone="danger"
            title={problem.title}
            action={
              known ? (
                <LinkButton href={`/movies/${known}`}>{t("openKnown")}</LinkButton>
              ) : (
                binId &&
                mayRestore && (
                  <Button
                    pending={pending}
                    onClick={() =>
                      startTransition(() =>
                        restore(binId, ({ movieId }) => router.push(`/movies/${movieId}`)),
                      )
                    }
                  >
                    <RotateCcw aria-hidden className="size-5" />
                    {bin("restore")}
                  </Button>
                )
              )
            }
          >
            {problem.detail}
          </Notice>
        )}
      </form>
    </Card>
  );
}
