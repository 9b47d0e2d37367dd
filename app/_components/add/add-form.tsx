"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ClipboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { addMovieAction } from "@/lib/movies/actions";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FileDrop } from "../ui/file-drop";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { showToast } from "../ui/toast";
import { recognise } from "./recognise";

interface Problem {
  title: string;
  detail?: string;
  errors?: Record<string, string>;
  movieId?: unknown;
}

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
 * Which movie, and where it comes from. What is pasted goes where it belongs, whichever field it
 * was pasted in; a .torrent file can be dropped or chosen instead of a link.
 */
export function AddForm() {
  const t = useTranslations("addForm");
  const common = useTranslations("common");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [movie, setMovie] = useState("");
  const [source, setSource] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);

  // What somebody typed or chose before this script ran is theirs, too.
  useEffect(() => {
    if (!form.current) return;
    const early = new FormData(form.current);
    setMovie((later) => later || textOf(early, "imdb"));
    setSource((later) => later || textOf(early, "source"));
    setFile((later) => later ?? fileOf(early));
  }, []);

  function sortPasted(event: ClipboardEvent, field: "movie" | "source") {
    const pasted = recognise(event.clipboardData.getData("text"));
    const belongsHere = field === "movie" ? pasted.source === null : pasted.movie === null;
    if (belongsHere) return;
    event.preventDefault();
    if (pasted.movie !== null) setMovie(pasted.movie);
    if (pasted.source !== null) setSource(pasted.source);
  }

  // As the form's action, so that a press that comes before this script is not lost.
  function submit(sent: FormData) {
    const fields = new FormData();
    fields.set("imdb", textOf(sent, "imdb"));
    const from = textOf(sent, "source") || source.trim();
    if (from !== "") fields.set("source", from);
    const torrent = file ?? fileOf(sent);
    if (torrent) fields.set("torrent", torrent);
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
  const shownAtFields = movieError || errors.source || errors.torrent;
  const known = typeof problem?.movieId === "string" ? problem.movieId : null;
  return (
    <form ref={form} action={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field
        label={t("movie")}
        hint={t("movieHint")}
        error={movieError}
        name="imdb"
        value={movie}
        onChange={(event) => setMovie(event.target.value)}
        onPaste={(event) => sortPasted(event, "movie")}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={2000}
        dir="auto"
      />
      <Field
        label={t("source")}
        hint={t("sourceHint")}
        error={errors.source}
        name="source"
        value={source}
        onChange={(event) => setSource(event.target.value)}
        onPaste={(event) => sortPasted(event, "source")}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode="url"
        disabled={file !== null}
      />
      <FileDrop
        id="torrent"
        name="torrent"
        accept=".torrent,application/x-bittorrent"
        label={t("file")}
        hint={file ? t("fileChosenHint") : t("fileHint")}
        removeLabel={t("fileRemove")}
        error={errors.torrent}
        file={file}
        onFile={setFile}
      />
      {problem && !shownAtFields && (
        <Notice
          live
          tone="danger"
          title={problem.title}
          action={known && <LinkButton href={`/movies/${known}`}>{t("openKnown")}</LinkButton>}
        >
          {problem.detail}
        </Notice>
      )}
      <div>
        <Button
          type="submit"
          tone="primary"
          pending={pending}
          className="w-full sm:w-auto sm:min-w-48"
        >
          <Plus aria-hidden className="size-5" />
          {t("submit")}
        </Button>
      </div>
    </form>
  );
}
