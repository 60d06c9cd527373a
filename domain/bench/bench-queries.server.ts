import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Price, priceOf } from "../catalogue/card.server.ts";
import type { WorkState } from "../catalogue/studio-queries.server.ts";
import type { HearingPolicy } from "../delivery/streams.ts";
import type { Subject } from "./plan-shape.ts";

/** A work as a line of the table in which several are changed. */
export type BenchWork = {
  id: string;
  kind: "book" | "album";
  title: string;
  state: WorkState;
  language: string | null;
  publisher: string | null;
  rights: string | null;
  subjects: Subject[];
  price: Price;
  priceChosen: boolean;
  hearing: HearingPolicy;
  freePlays: number | null;
};

/** As many as a table on one page bears. */
const mostWorks = 500;

/** The works of this person's studios, by title. */
export async function benchWorks(db: Database, personId: string): Promise<BenchWork[]> {
  const { rows } = await sql<BenchWork>`
    select w.id, w.kind, w.title, w.state, w.language, w.publisher, w.rights, w.subjects, ${priceOf} as price,
      (w.priced_at is not null or w.price > 0 or w.price_kind = 'open') as "priceChosen", w.hearing, w.free_plays as "freePlays"
    from work w join member m on m.id = w.member_id and m.person_id = ${personId} and m.left_at is null
    where w.merged_into is null
    order by plain(w.title), w.id limit ${mostWorks}`.execute(db);
  return rows;
}
