import { isTrackRow, readRow } from "../exchange/catalogue-columns.ts";
import { type Column, columnNamed } from "../exchange/column-names.ts";
import { type CsvLine, readCsv } from "../exchange/read-csv.ts";
import type { Subject, Wish } from "./plan-shape.ts";

/** A line of a table that came back: which work it names, what it wishes, and the cells that say something else than their column. */
export type SheetLine = { line: number; reference: string; wish: Wish; wrong: string[] };

/**
 * The table that the studio gives, changed outside and brought back; lines of tracks are passed over. Only price, language, subjects,
 * publisher and rights are read, of columns that the file has. An empty cell of the price changes nothing; another one, that there is
 * none. Throws UnreadableFile.
 */
export async function readSheet(chunks: AsyncIterable<Uint8Array>, most: number): Promise<SheetLine[]> {
  let columns: (Column | undefined)[] | undefined;
  const lines: SheetLine[] = [];
  for await (const each of readCsv(chunks)) {
    if (!columns) {
      columns = each.cells.map((heading) => columnNamed(heading.replace(/^\ufeff/, "")));
      continue;
    }
    const line = lineOf(each, columns);
    if (line) lines.push(line);
    if (lines.length >= most) break;
  }
  return lines;
}

function lineOf({ line, cells }: CsvLine, columns: readonly (Column | undefined)[]): SheetLine | null {
  const byColumn: Partial<Record<Column, string>> = {};
  for (const [i, column] of columns.entries())
    if (column && byColumn[column] === undefined) byColumn[column] = cells[i] ?? "";
  if (isTrackRow(byColumn)) return null;
  const { reference, fields, wrong } = readRow(byColumn);
  if (!reference) return null;
  const { language, publisher, rights, subjects, price } = fields as {
    language?: string | null;
    publisher?: string | null;
    rights?: string | null;
    subjects?: Subject[] | null;
    price?: { kind: "fixed" | "open"; amount: number; suggested?: number } | null;
  };
  return {
    line,
    reference,
    wish: {
      ...(language !== undefined && { language }),
      ...(publisher !== undefined && { publisher }),
      ...(rights !== undefined && { rights }),
      ...(subjects !== undefined && { subjects: subjects ?? [] }),
      ...(price && { price: priceOf(price) }),
    },
    wrong,
  };
}

function priceOf(price: { kind: "fixed" | "open"; amount: number; suggested?: number }) {
  if (price.kind === "open")
    return { kind: "open" as const, floor: price.amount, suggested: price.suggested ?? null };
  return price.amount === 0 ? { kind: "free" as const } : { kind: "fixed" as const, amount: price.amount };
}
