import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { freeSlug, slugOf } from "../slug.ts";

/**
 * A slug that no other work bears, from a title; where the title gives nothing that an address can hold, from the kind. Those who
 * take slugs at once wait for each other until their transactions end: both would find the same one free.
 */
export async function freeWorkSlug(
  trx: Transaction<DB>,
  { title, kind, except }: { title: string; kind: "book" | "album"; except?: string },
): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext('work.slug'))`.execute(trx);
  const wanted = slugOf(title) || (kind === "book" ? "livre" : "album");
  const taken = await trx
    .selectFrom("work")
    .select("slug")
    .where("slug", "like", `${wanted}%`)
    .$if(except !== undefined, (query) => query.where("id", "<>", except!))
    .execute();
  return freeSlug(
    wanted,
    taken.map(({ slug }) => slug),
  );
}
