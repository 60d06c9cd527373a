import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { AddressOf } from "./addresses.ts";
import type { FeedWork } from "./feed-work.ts";
import { graphOf, workGraph } from "./json-ld.ts";
import { recordOf } from "./record.server.ts";

const worksAtOnce = 200;

/** The published catalogue of the house, or of one co-op, whole: a work with its people a line, with what was written about it. */
export async function* catalogueGraphs(
  db: Database,
  address: AddressOf,
  { coopId }: { coopId?: string },
): AsyncGenerator<string> {
  for await (const work of publishedWorks(db, coopId ?? null))
    yield `${JSON.stringify(graphOf(workGraph(work, address)))}\n`;
}

/** In the order of their ids, some at a time: a work published meanwhile may or may not be there, none is there twice. */
export async function* publishedWorks(db: Database, coopId: string | null): AsyncGenerator<FeedWork> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await sql<{ record: FeedWork }>`
      select ${recordOf} as record from (select * from work where state = 'published' and id > ${after}::uuid
        and (${coopId}::uuid is null or coop_id = ${coopId})
        order by id limit ${worksAtOnce}) w order by w.id`.execute(db);
    for (const { record } of rows) yield record;
    const last = rows.at(-1);
    if (!last || rows.length < worksAtOnce) return;
    after = last.record.id;
  }
}
