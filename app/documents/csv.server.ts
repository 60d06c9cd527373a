import { stringify } from "csv-stringify/sync";
import { streetZone } from "#domain/transparency/statement-period.ts";
import type { Locale } from "#i18n/locale.ts";

/** `{ cents }`: an amount. A text is what somebody typed, and is kept from being a formula. */
export type CsvCell = string | number | null | { cents: number };

/**
 * Minor units as a decimal with a point, whatever the language: “-12.50”. The same file says the same to every program; a comma
 * would be a second column to half of them.
 */
export function decimal(cents: number): string {
  const whole = Math.abs(cents);
  return `${cents < 0 ? "-" : ""}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}

/** A text that a spreadsheet would run as a formula is told to be a text by an apostrophe; full-width signs count too. */
export const asText = (text: string): string =>
  /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;

/** « 2026-03-02 10:00:00 », on the street: spreadsheets know it for a date in both languages. */
export const csvTime = (at: Date): string => stamp.format(at);
const stamp = new Intl.DateTimeFormat("sv-SE", {
  timeZone: streetZone,
  dateStyle: "short",
  timeStyle: "medium",
});

function cellOf(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "string") return asText(cell);
  return typeof cell === "number" ? String(cell) : decimal(cell.cents);
}

/**
 * A CSV as it is read, page after page: nothing is asked of the database before the reader has taken what came before. UTF-8 with
 * its mark, without which Excel reads « Ã© » for « é »; in French with semicolons, the list separator of Windows in fr-CA, so that a
 * double click opens columns; lines end as RFC 4180 says.
 */
export function csv(
  locale: Locale,
  fileName: string,
  rows: AsyncIterable<readonly (readonly CsvCell[])[]>,
): Response {
  const delimiter = locale === "fr" ? ";" : ",";
  async function* text() {
    yield "\ufeff";
    for await (const page of rows)
      yield stringify(
        page.map((row) => row.map(cellOf)),
        // A line break of one letter alone would not be quoted where lines end with two.
        { delimiter, record_delimiter: "\r\n", quoted_match: /[\r\n]/ },
      );
  }
  const pages = text();
  const utf8 = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(reader) {
      const { done, value } = await pages.next();
      if (done) reader.close();
      else reader.enqueue(utf8.encode(value));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: attached(`${fileName}.csv`, "text/csv; charset=utf-8"),
  });
}

/** The headers of a document to keep: never in a shared cache, never a page of its own. */
export const attached = (fileName: string, type: string): Record<string, string> => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${fileName}"`,
  "cache-control": "private, no-store",
});
