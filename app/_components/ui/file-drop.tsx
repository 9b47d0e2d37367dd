"use client";

import { FileUp, X } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";

interface FileDropProps {
  id: string;
  /** Name of the form field. */
  name: string;
  /** Endings that are taken, as in the `accept` attribute: `.torrent`. */
  accept: string;
  label: string;
  hint: string;
  removeLabel: string;
  error?: string | undefined;
  /** Beside something that matters more. */
  slim?: boolean;
  file: File | null;
  onFile: (file: File | null) => void;
}

/**
 * Takes one file, dropped or chosen. The browser's own file field lies over the whole zone, so
 * that a press, a key and a screen reader find what they know.
 */
export function FileDrop(props: FileDropProps) {
  const { id, name, accept, label, hint, removeLabel, error, slim = false, file, onFile } = props;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  }

  function remove() {
    if (input.current) input.current.value = "";
    onFile(null);
    input.current?.focus();
  }

  return (
    <div className="grid gap-1.5">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the input within is the control */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`relative flex items-center gap-4 rounded-xl border border-dashed px-4 transition-colors ${slim ? "min-h-16 py-2" : "min-h-24 py-4"}  has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-lamp ${
          over ? "border-lamp bg-raised" : "border-edge bg-ink hover:border-faint"
        }`}
      >
        <FileUp aria-hidden className={`size-7 shrink-0 ${file ? "text-lamp" : "text-faint"}`} />
        <div className="min-w-0 grow">
          <label htmlFor={id} className="block truncate font-medium">
            {file ? file.name : label}
          </label>
          <p id={`${id}-hint`} className="text-caption text-faint">
            {hint}
          </p>
        </div>
        <input
          ref={input}
          id={id}
          name={name}
          type="file"
          accept={accept}
          aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
          aria-invalid={error ? true : undefined}
          onChange={(event) => onFile(event.target.files?.[0] ?? null)}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
        {file && (
          <button
            type="button"
            onClick={remove}
            aria-label={removeLabel}
            className="relative grid size-11 shrink-0 place-items-center rounded-lg hover:bg-line"
          >
            <X aria-hidden className="size-5" />
          </button>
        )}
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="text-caption text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
