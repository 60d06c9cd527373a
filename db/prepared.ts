import { createHash } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";

const mark = "/* prepared */ ";

/**
 * Put in front of a statement that is asked all day long, the same to the letter: each connection has PostgreSQL read and plan it once,
 * which for a short statement is half of what it costs. Not for one whose text depends on how many values it is given, nor for
 * `select *`: a statement that is prepared must bring the same columns for as long as the connection lasts.
 */
export const prepared = sql.raw(mark);

/** The same for a statement that is text already. */
export const asPrepared = (text: string): string => mark + text;

/** Has a connection prepare what bears the mark, before anybody is lent it. */
export function prepareMarked(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const ask = (text: unknown, values?: unknown, ...rest: unknown[]) =>
    typeof text === "string" && text.startsWith(mark)
      ? query({ name: nameOf(text), text, values: values ?? [] }, ...rest)
      : query(text, values, ...rest);
  client.query = ask as typeof client.query;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    names.set(text, name);
  }
  return name;
}
