import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { canBeFront, type SectionWish } from "./front-sections.ts";

type Clock = Pick<House, "clock">;

/**
 * Says what the draft of the front page is made of, from its first section to its last; begins a draft where there is none. What is shown
 * stays as it is. Refuses `not_found` (who composes at no co-op, or a collection, work or co-op that is not there to be shown) and
 * `front_invalid` (too many sections, one twice).
 */
export function composeFront(
  db: Database,
  { clock }: Clock,
  input: { by: string; sections: readonly SectionWish[] },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insistOnComposing(trx, input.by);
    if (!canBeFront(input.sections)) throw new Refusal("front_invalid");
    await sql`select pg_advisory_xact_lock(hashtext('front_page'))`.execute(trx);
    const draft = await trx
      .selectFrom("front_page")
      .select("id")
      .where("shown_at", "is", null)
      .executeTakeFirst();
    const id = draft?.id ?? v7();
    const made = { made_at: clock.now(), made_by: input.by };
    if (draft) await trx.updateTable("front_page").set(made).where("id", "=", id).execute();
    else
      await trx
        .insertInto("front_page")
        .values({ id, ...made })
        .execute();
    await trx.deleteFrom("front_section").where("front_page_id", "=", id).execute();
    if (input.sections.length === 0) return;
    await insistOnSubjects(trx, input.sections);
    await trx
      .insertInto("front_section")
      .values(
        input.sections.map(({ kind, collectionId, workId, coopId, words = {} }, i) => ({
          ...{ id: v7(), front_page_id: id, position: i + 1, kind },
          collection_id: kind === "collection" ? (collectionId ?? null) : null,
          work_id: kind === "pick" ? (workId ?? null) : null,
          coop_id: kind === "coop" ? (coopId ?? null) : null,
          words: JSON.stringify(words),
        })),
      )
      .execute();
  });
}

/** Shows the draft to everybody, in the place of what was shown. Without a draft nothing happens. Refuses `not_found`. */
export function showFront(db: Database, house: Clock, { by }: { by: string }): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insistOnComposing(trx, by);
    const shown = await trx
      .updateTable("front_page")
      .set({ shown_at: house.clock.now(), shown_by: by })
      .where("shown_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (shown)
      await keepTrace(trx, house, {
        coopId: null,
        by,
        verb: "show_front_page",
        subject: `front_page:${shown.id}`,
      });
  });
}

/** Throws the draft away; what is shown stays. Refuses `not_found`. */
export function dropFrontDraft(db: Database, { by }: { by: string }): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insistOnComposing(trx, by);
    await trx.deleteFrom("front_page").where("shown_at", "is", null).execute();
  });
}

/** The front page is of all co-ops: whoever composes at one of them composes it. */
async function insistOnComposing(trx: Transaction<DB>, by: string): Promise<void> {
  const { rows } = await sql`select from coop_role r
    where r.person_id = ${by} and r.role in (${rolesFor("composeShop")}) limit 1`.execute(trx);
  if (rows.length === 0) throw new Refusal("not_found");
}

/** What a section shows exists: drafts of collections too, which appear once they are published; works once they are in the shop. */
async function insistOnSubjects(trx: Transaction<DB>, sections: readonly SectionWish[]): Promise<void> {
  const ids = (of: "collectionId" | "workId" | "coopId") => [
    ...new Set(sections.flatMap((section) => section[of] ?? [])),
  ];
  const [collections, works, coops] = [ids("collectionId"), ids("workId"), ids("coopId")];
  const { rows } = await sql<{ known: number }>`
    select (select count(*) from collection where id = any (${collections}::uuid[]))
      + (select count(*) from work where id = any (${works}::uuid[]) and published_at is not null)
      + (select count(*) from coop where id = any (${coops}::uuid[])) as known`.execute(trx);
  if (Number(rows[0]!.known) !== collections.length + works.length + coops.length)
    throw new Refusal("not_found");
}
