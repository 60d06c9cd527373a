import { type RawBuilder, sql } from "kysely";

/** A moment as programs are told it: ISO 8601, UTC, with all that the database knows of it. */
export const momentOf = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
