import { once } from "node:events";
import type { Writable } from "node:stream";
import type pg from "pg";

/** What of pg's connection a COPY needs; the driver speaks it and gives it no types. */
type Wire = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
  stream: Writable;
};

export type Value = string | number | boolean | Date | null | object;

const said = (value: Value): string => {
  if (value === null) return "\\N";
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
  return text.replace(
    /[\\\n\r\t]/g,
    (sign) => ({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign]!,
  );
};

const chunkBytes = 256 << 10;

/** Writes rows into a table by `COPY`, as fast as PostgreSQL takes them and no faster; `columns` name the values of each row. */
export function copyInto(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | undefined;
    const send = async (wire: Wire) => {
      let lines = "";
      for (const row of rows) {
        lines += `${row.map(said).join("\t")}\n`;
        if (lines.length < chunkBytes) continue;
        wire.sendCopyFromChunk(Buffer.from(lines));
        lines = "";
        if (failed) return;
        if (wire.stream.writableNeedDrain) await once(wire.stream, "drain");
        // PostgreSQL may have something to say.
        else await new Promise((next) => setImmediate(next));
      }
      if (lines !== "") wire.sendCopyFromChunk(Buffer.from(lines));
      wire.endCopyFrom();
    };
    const copy = {
      submit: (wire: Wire) => wire.query(`copy ${table} (${columns.join(", ")}) from stdin`),
      handleCopyInResponse: (wire: Wire) => {
        send(wire).catch((error: Error) => wire.sendCopyFail(error.message));
      },
      handleError: (error: Error) => {
        failed = error;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve();
      },
      handleCommandComplete: () => {},
      handleRowDescription: () => {},
      handleDataRow: () => {},
      handlePortalSuspended: () => {},
      handleEmptyQuery: () => {},
    };
    client.query(copy as unknown as pg.Submittable);
  });
}
