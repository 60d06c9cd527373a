import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { freeSlug, slugOf } from "../slug.ts";

type SlugWish = { title: string; kind: "book" | "album" };

/**
 * A slug that no other work bears, from a title; where the title gives nothing that an address can hold, from the kind. Those who
 * take slugs at once wait for each other until their transactions end: both would find the same one free.
 */
export async function freeWorkSlug(
  trx: Transaction<DB>,
  { title, kind, except }: SlugWish & { except?: string },
): Promise<string> {
  const [slug] = await freeWorkSlugs(trx, [{ title, kind }], except);
  return slug!;
}

/** One for each of these, in their order, each different. `except`: a work whose own slug counts as free. One look for all of them. */
export async function freeWorkSlugs(
  trx: Transaction<DB>,
  wishes: readonly SlugWish[],
  except: string | null = null,
): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtext('work.slug'))`.execute(trx);
  const wanted = wishes.map(({ title, kind }) => slugOf(title) || (kind === "book" ? "livre" : "album"));
  // From « le-chat » on and before « le-chat. »: the slug itself and its numbers, by the index on their letters (migration 0070).
  const { rows } = await sql<{ slug: string }>`
    select work.slug from unnest(${[...new Set(wanted)]}::text[]) as wanted (slug)
    join work on work.slug ~>=~ wanted.slug and work.slug ~<~ (wanted.slug || '.')
      and (work.slug = wanted.slug or substr(work.slug, length(wanted.slug) + 2) ~ '^[0-9]+$')
    where work.id is distinct from ${except}::uuid`.execute(trx);
  const taken = new Set(rows.map(({ slug }) => slug));
  return wanted.map((each) => {
    const slug = freeSlug(each, taken);
    taken.add(slug);
    return slug;
  });
}
