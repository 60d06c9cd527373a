/**
 * epub2 as a second opinion, behind the gate and only for what our own reading left silent: it knows EPUB 2 habits well
 * and EPUB 3 badly (no `cover-image`, no refinements, no navigation document). It holds the whole archive in memory and
 * throws from callbacks, hence the size limit and the listener.
 */
import { cleanLine, cleanText, LONGEST, withoutMarkup } from "#domain/metadata/clean-text.ts";
import { isbn13 } from "#domain/metadata/identifiers.ts";
import type { ContentsEntry } from "#domain/metadata/inspection.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { Notebook } from "../inspection.ts";

const LARGEST = 24 * 1_048_576;
const LONGEST_MS = 3_000;

type Epub2 = {
  metadata: Partial<
    Record<
      "title" | "creator" | "creatorFileAs" | "language" | "publisher" | "date" | "description" | "ISBN",
      unknown
    >
  >;
  toc: { title?: unknown; level?: unknown }[];
};

/** Adds what is missing to `notes`; a failure of epub2 on a file that we could read is epub2's, and is not told. */
export async function askEpub2(path: string, size: number, notes: Notebook): Promise<void> {
  if (size > LARGEST) return;
  const book = await bounded(async () => {
    const { EPub } = (await import("epub2")) as unknown as {
      EPub: { createAsync: (path: string) => Promise<Epub2> };
    };
    return EPub.createAsync(path);
  });
  if (!book) return;
  const said = (key: keyof Epub2["metadata"]) =>
    typeof book.metadata[key] === "string" ? (book.metadata[key] as string) : "";
  if (!notes.has("title")) notes.note("title", cleanLine(said("title")), "epub2:title");
  if (!notes.has("language")) notes.note("language", languageTag(said("language")), "epub2:language");
  if (!notes.has("publisher"))
    notes.note("publisher", cleanLine(said("publisher"), LONGEST.name), "epub2:publisher");
  if (!notes.has("publishedOn")) notes.note("publishedOn", partialDate(said("date")), "epub2:date");
  if (!notes.has("description"))
    notes.note("description", cleanText(withoutMarkup(said("description"))), "epub2:description");
  const name = cleanLine(said("creator"), LONGEST.name);
  const sortName = cleanLine(said("creatorFileAs"), LONGEST.name);
  if (!notes.has("contributors") && name)
    notes.note(
      "contributors",
      [{ name, ...(sortName ? { sortName } : {}), role: "author" }],
      "epub2:creator",
    );
  const isbn = isbn13(said("ISBN"));
  if (!notes.has("identifiers") && isbn)
    notes.note("identifiers", [{ scheme: "isbn", value: isbn }], "epub2:ISBN");
  notes.contents ??= contentsOf(book);
}

function contentsOf(book: Epub2): ContentsEntry[] | undefined {
  const entries = (book.toc ?? []).slice(0, 5_000).flatMap(({ title, level }) => {
    const clean = typeof title === "string" ? cleanLine(title, 300) : "";
    return clean
      ? [{ title: clean, depth: typeof level === "number" ? Math.min(8, Math.max(0, level)) : 0 }]
      : [];
  });
  return entries.length > 0 ? entries : undefined;
}

/** The library's answer, or undefined after an error, an uncaught one included, or after three seconds. */
function bounded<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return new Promise((settle) => {
    const outer = process.listeners("uncaughtException");
    const outerRejections = process.listeners("unhandledRejection");
    const end = (value: T | undefined) => {
      clearTimeout(clock);
      for (const name of ["uncaughtException", "unhandledRejection"] as const)
        process.removeAllListeners(name);
      for (const listener of outer) process.on("uncaughtException", listener);
      for (const listener of outerRejections) process.on("unhandledRejection", listener);
      settle(value);
    };
    const clock = setTimeout(() => end(undefined), LONGEST_MS);
    for (const name of ["uncaughtException", "unhandledRejection"] as const) {
      process.removeAllListeners(name);
      process.on(name, () => end(undefined));
    }
    ask().then(end, () => end(undefined));
  });
}
