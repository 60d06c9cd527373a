/** A track as the player shows it, wherever one has gone since. */
export type Tune = {
  id: string;
  title: string;
  by: string;
  /** The language of the title, where it is not the page's. */
  lang?: string | undefined;
  album: { slug: string; title: string };
  /** The address of a cover for the lock screen. */
  cover: string | null;
  durationMs: number | null;
  /** The shape of the sound, from 0 to 100. */
  bars: readonly number[];
};

/** What plays and what comes after. `own`: somebody has put it together, so that another album does not replace it. */
export type Queue = { tunes: readonly Tune[]; at: number; own: boolean };

export const emptyQueue: Queue = { tunes: [], at: 0, own: false };

const without = (tunes: readonly Tune[], ids: ReadonlySet<string>) => tunes.filter(({ id }) => !ids.has(id));

/** Plays this one of `tunes`, then those after it; a queue of one's own is kept, and goes on afterwards. */
export function playOf(queue: Queue, tunes: readonly Tune[], index: number): Queue {
  const wanted = tunes[index];
  if (!wanted) return queue;
  const here = queue.tunes.findIndex(({ id }) => id === wanted.id);
  if (queue.own && here >= 0) return { ...queue, at: here };
  if (!queue.own || queue.tunes.length === 0) return { tunes, at: index, own: false };
  return jump(insert(queue, [wanted], queue.at + 1), queue.at + 1);
}

/** Behind all others; what is there already moves to the end. */
export const append = (queue: Queue, tunes: readonly Tune[]): Queue =>
  insert(queue, tunes, Number.POSITIVE_INFINITY);

/** Right after what plays. */
export const playNext = (queue: Queue, tune: Tune): Queue => insert(queue, [tune], queue.at + 1);

function insert(queue: Queue, tunes: readonly Tune[], place: number): Queue {
  const now = queue.tunes[queue.at];
  // What plays stays where it is.
  const added = tunes.filter(({ id }) => id !== now?.id);
  const ids = new Set(added.map(({ id }) => id));
  const before = without(queue.tunes.slice(0, place), ids);
  const after = without(queue.tunes.slice(place), ids);
  const all = [...before, ...added, ...after];
  return { tunes: all, at: now ? all.findIndex(({ id }) => id === now.id) : 0, own: true };
}

export const jump = (queue: Queue, at: number): Queue => (queue.tunes[at] ? { ...queue, at } : queue);

/** One place up (-1) or down (1); what plays goes on. */
export function move(queue: Queue, from: number, step: -1 | 1): Queue {
  const to = from + step;
  const [one, other] = [queue.tunes[from], queue.tunes[to]];
  if (!one || !other) return queue;
  const tunes = queue.tunes.map((tune, i) => (i === from ? other : i === to ? one : tune));
  const at = queue.at === from ? to : queue.at === to ? from : queue.at;
  return { tunes, at, own: true };
}

/** Takes one out. Where it is what plays, the next has its place; behind the last there is none (`at` = length). */
export function remove(queue: Queue, place: number): Queue {
  if (!queue.tunes[place]) return queue;
  const tunes = queue.tunes.filter((_, i) => i !== place);
  return { tunes, at: place < queue.at ? queue.at - 1 : queue.at, own: tunes.length > 0 };
}

/** What a browser kept of a queue, if it is one. */
export function readQueue(kept: unknown): Queue {
  const { tunes, at, own } = (kept ?? {}) as Partial<Queue>;
  if (!Array.isArray(tunes) || !tunes.every(isTune) || typeof at !== "number" || !tunes[at])
    return emptyQueue;
  return { tunes, at, own: own === true };
}

const isTune = (tune: unknown): tune is Tune => {
  const { id, title, by, album, bars } = (tune ?? {}) as Partial<Tune>;
  return (
    [id, title, by, album?.slug, album?.title].every((text) => typeof text === "string") &&
    Array.isArray(bars)
  );
};
