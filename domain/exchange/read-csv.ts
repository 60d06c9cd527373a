/**
 * Lines of a CSV (RFC 4180) as the file flows: quoted cells may hold the delimiter, line ends and doubled quotes. The delimiter is
 * the one of « , », « ; » and tab that the first line holds most. Strict: a quote that is not closed, or not at a cell's edge, makes
 * the file unreadable rather than read wrongly.
 */
import { UnreadableFile } from "./unreadable-file.ts";

export type CsvLine = { /** Of the file, from 1: where the line begins. */ line: number; cells: string[] };

const MOST_CELLS = 500;
const LONGEST_LINE = 1_000_000;

/** Throws UnreadableFile: `csv_encoding` (UTF-8 only), `csv_malformed`, `csv_too_large`. Empty lines are passed over. */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvLine> {
  let delimiter = "";
  let head = "";
  const ready: CsvLine[] = [];
  let lines: ReturnType<typeof lineReader> | undefined;
  for await (const text of decoded(chunks)) {
    if (!lines) {
      head += text;
      if (!/[\r\n]/.test(head) && head.length < LONGEST_LINE) continue;
    }
    const piece: string = lines ? text : head;
    if (!lines) {
      delimiter = delimiterOf(head);
      lines = lineReader(delimiter, ready);
    }
    lines.write(piece);
    yield* ready.splice(0);
  }
  if (!lines) {
    lines = lineReader(delimiterOf(head), ready);
    lines.write(head);
  }
  lines.end();
  yield* ready.splice(0);
}

function delimiterOf(head: string): string {
  const first = /^[^\r\n]*/.exec(head)?.[0].replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const count = (sign: string) => first.split(sign).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

/** `cell`: reading one that is not quoted. `quoted`: inside quotes. `closed`: just after a quote that may have closed it. */
type State = "start" | "cell" | "quoted" | "closed";

function lineReader(delimiter: string, ready: CsvLine[]) {
  let state: State = "start";
  let cell = "";
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let length = 0;
  let afterReturn = false;

  const endCell = () => {
    cells.push(cell);
    cell = "";
    state = "start";
    if (cells.length > MOST_CELLS) throw new UnreadableFile("csv_too_large", String(begun));
  };
  const endLine = () => {
    endCell();
    if (cells.length > 1 || cells[0] !== "") ready.push({ line: begun, cells });
    cells = [];
    length = 0;
  };
  /** A line end inside quotes is part of the cell, and always « \n ». */
  const readQuoted = (sign: string) => {
    const second = afterReturn && sign === "\n";
    if (sign === '"') state = "closed";
    else if (!second) cell += sign === "\r" ? "\n" : sign;
    if ((sign === "\r" || sign === "\n") && !second) line += 1;
    afterReturn = sign === "\r";
  };
  const read = (sign: string) => {
    if (sign === "\r" || sign === "\n") {
      if (!(afterReturn && sign === "\n")) {
        endLine();
        line += 1;
      }
      begun = line;
      afterReturn = sign === "\r";
      return;
    }
    afterReturn = false;
    if (sign === '"' && state !== "cell") {
      if (state === "closed") cell += '"';
      state = "quoted";
    } else if (sign === delimiter) endCell();
    else if (state === "closed" || sign === '"') throw new UnreadableFile("csv_malformed", String(begun));
    else {
      cell += sign;
      state = "cell";
    }
  };
  return {
    write(text: string) {
      for (const sign of text) {
        length += 1;
        if (length > LONGEST_LINE) throw new UnreadableFile("csv_too_large", String(begun));
        if (state === "quoted") readQuoted(sign);
        else read(sign);
      }
    },
    end() {
      if (state === "quoted") throw new UnreadableFile("csv_malformed", String(begun));
      if (cells.length > 0 || cell !== "" || state === "closed") endLine();
    },
  };
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (problem) {
    if (problem instanceof TypeError) throw new UnreadableFile("csv_encoding");
    throw problem;
  }
}
