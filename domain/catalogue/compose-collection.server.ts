import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { freeSlug, slugOf } from "../slug.ts";
import { mostInCollection } from "./collection-queries.server.ts";
import { lockCollection } from "./own-collection.server.ts";

type Words = { fr: string; en: string };

/**
 * Begins a collection of this co-op, without a work yet and seen by its desk alone; its address follows from the French title, for good.
 * Refuses `not_found` (who may not) and `collection_invalid` (no French title).
 */
export function makeCollection(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { coopId: string; by: string; title: Words; about: Words },
): Promise<{ collectionId: string }> {
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by, verb: "composeShop", coopId: input.coopId });
    const title = told(input.title);
    if (!title.fr) throw new Refusal("collection_invalid");
    const wanted = slugOf(title.fr) || "selection";
    await sql`select pg_advisory_xact_lock(hashtext(${`collection:${wanted}`}))`.execute(trx);
    const { rows: taken } = await sql<{ slug: string }>`
      select slug from collection where slug = ${wanted} or slug like ${`${wanted}-%`}`.execute(trx);
    const id = v7();
    await trx
      .insertInto("collection")
      .values({
        ...{ id, coop_id: input.coopId, created_at: now, created_by: input.by },
        ...{ changed_at: now, changed_by: input.by },
        slug: freeSlug(
          wanted,
          taken.map(({ slug }) => slug),
        ),
        title: JSON.stringify(title),
        about: JSON.stringify(told(input.about)),
      })
      .execute();
    return { collectionId: id };
  });
}

/**
 * Says what a collection is to be: its words and all its works, in their order; what is not given stays. The same twice changes nothing.
 * A work joins while it is in the shop; one that has left since keeps its place and is not shown. Refuses `not_found` and
 * `collection_invalid` (no French title, a work twice or that is not in the shop, over 100).
 */
export function composeCollection(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: {
    collectionId: string;
    by: string;
    title?: Words;
    about?: Words;
    workIds?: readonly string[];
  },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockCollection(trx, input);
    const title = input.title && told(input.title);
    if (title && !title.fr) throw new Refusal("collection_invalid");
    if (input.workIds) {
      const ids = [...input.workIds];
      const { rows } = await sql<{ known: number }>`
        select count(*)::int as known from work w where w.id = any (${ids}::uuid[]) and (w.state = 'published'
          or exists (select from collection_work cw where cw.collection_id = ${input.collectionId} and cw.work_id = w.id))`.execute(
        trx,
      );
      if (ids.length > mostInCollection || rows[0]!.known !== ids.length)
        throw new Refusal("collection_invalid");
      await trx.deleteFrom("collection_work").where("collection_id", "=", input.collectionId).execute();
      if (ids.length > 0)
        await trx
          .insertInto("collection_work")
          .values(ids.map((work_id, i) => ({ collection_id: input.collectionId, work_id, position: i + 1 })))
          .execute();
    }
    await trx
      .updateTable("collection")
      .set({
        changed_at: clock.now(),
        changed_by: input.by,
        ...(title && { title: JSON.stringify(title) }),
        ...(input.about && { about: JSON.stringify(told(input.about)) }),
      })
      .where("id", "=", input.collectionId)
      .execute();
  });
}

/** What was left empty in a tongue is not there at all: the other one is shown. */
const told = ({ fr, en }: Words): { fr?: string; en?: string } => ({
  ...(fr.trim() && { fr: fr.trim() }),
  ...(en.trim() && { en: en.trim() }),
});
