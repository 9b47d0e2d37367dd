/** One server-sent event: its name and its data. */
export interface StreamEvent {
  event: "download" | "job" | "movie" | "ready" | "request" | "schedule";
  data: unknown;
  /**
   * Names of fields that move all the time: percentages, speeds, times left. When nothing else
   * changed only these are told, and not more of them than a line bears.
   */
  figures?: readonly string[];
  /** Another one says that something changed which no field tells. */
  stamp?: number;
}

/** Bytes of figures in one look, which comes once a second: the rest waits for the next. */
const figureBytesPerLook = 3000;
/** Objects whose last words are remembered for each reader. */
const mostRemembered = 5000;

type Fields = Record<string, unknown>;

interface Told {
  /** Everything but the figures, as it was told last. */
  rest: string;
  figures: Fields;
}

const textOf = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}`;

function split(data: Fields, names: readonly string[], stamp = 0): Told {
  const entries = Object.entries(data);
  const figures = Object.fromEntries(entries.filter(([name]) => names.includes(name)));
  const rest = entries.filter(([name]) => !names.includes(name) && name !== "progressOnly");
  return { rest: `${stamp} ${JSON.stringify(rest)}`, figures };
}

/** Of some figures those that are not as they were told. */
function changed(figures: Fields, told: Fields): Fields {
  return Object.fromEntries(
    Object.entries(figures).filter(([name, value]) => told[name] !== value),
  );
}

/**
 * What one reader has been told, and what to tell it next. What an object is comes whole and at
 * once. Of one that only got on its figures come (with `progressOnly`, its id and its movie's), those
 * that changed, whoever waited longest first, and no more of them in a second than
 * `figureBytesPerLook`: two hundred torrents are then ten seconds old at most, three are never old.
 */
export function toldSoFar(): { tell(events: readonly StreamEvent[]): string[] } {
  const told = new Map<string, Told>();
  const once = new Set<string>();
  /** In the order in which they began to wait; what is told is how it is by then. */
  const waiting = new Map<string, { event: string; data: Fields; figures: Fields }>();

  function tellFigures(): string[] {
    const texts: string[] = [];
    let bytes = 0;
    for (const [key, { event, data, figures }] of waiting) {
      const known = told.get(key);
      const moved = changed(figures, known?.figures ?? {});
      waiting.delete(key);
      if (Object.keys(moved).length === 0) continue;
      const { id, movieId } = data;
      const text = textOf(event, {
        id,
        ...(movieId !== undefined && movieId !== null && { movieId }),
        ...moved,
        progressOnly: true,
      });
      texts.push(text);
      told.set(key, { rest: known?.rest ?? "", figures });
      bytes += text.length + 2;
      if (bytes >= figureBytesPerLook) break;
    }
    return texts;
  }

  return {
    tell(events) {
      const texts: string[] = [];
      const saidNow = new Set<string>();
      for (const { event, data, figures: names, stamp } of events) {
        const fields = data as Fields;
        const key = `${event} ${String(fields.id ?? JSON.stringify(data))}`;
        if (!names) {
          // A row that changed in the very millisecond of the last look comes again: once is enough.
          const text = textOf(event, data);
          saidNow.add(text);
          if (!once.has(text) || fields.id === undefined) texts.push(text);
          continue;
        }
        const known = told.get(key);
        const { rest, figures } = split(fields, names, stamp);
        const isFiguresOnly = known ? known.rest === rest : fields.progressOnly === true;
        if (isFiguresOnly) {
          if (!known) told.set(key, { rest, figures: {} });
          waiting.set(key, { event, data: fields, figures });
          continue;
        }
        texts.push(textOf(event, data));
        waiting.delete(key);
        told.set(key, { rest, figures });
      }
      once.clear();
      for (const text of saidNow) once.add(text);
      texts.push(...tellFigures());
      // Who is forgotten is told of whole the next time: that is more, and not wrong.
      if (told.size > mostRemembered) told.clear();
      return texts;
    },
  };
}
