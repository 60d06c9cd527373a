import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { type Amount, largestCharge, sum } from "../money/amount.ts";
import { holdsIn, insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { freeSlug, slugOf } from "../slug.ts";

/**
 * Makes a bundle: two works or more of the shop, each at a price of its own, sold together for less. Works of the co-ops where
 * this person may are agreed to at once; those of another wait for its desk (`agree-bundle`). `price` in minor units. Refuses `not_found` (who may not)
 * and `bundle_invalid` (one work alone, a work that is not in the shop or whose buyer names the price, several moneys, a price that
 * saves nothing or that no card takes).
 */
export function makeBundle(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: {
    coopId: string;
    by: string;
    title: string;
    about: string;
    price: Amount;
    /** In the order in which they are shown. */
    works: readonly ({ id: string } | { slug: string })[];
  },
): Promise<{ bundleId: string; slug: string }> {
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by, verb: "giveCoupons", coopId: input.coopId });
    const ids = input.works.map((work) => ("id" in work ? work.id : null));
    const slugs = input.works.map((work) => ("slug" in work ? work.slug : null));
    const { rows: works } = await sql<{
      id: string;
      coopId: string;
      price: Amount;
      currency: string;
      agrees: boolean;
    }>`
      select w.id, w.coop_id as "coopId", w.price, w.currency,
        ${holdsIn(input.by, "giveCoupons", sql`w.coop_id`)} as agrees
      from unnest(${ids}::uuid[], ${slugs}::text[]) with ordinality as asked (id, slug, position)
      join work w on w.id = asked.id or w.slug = asked.slug
      where w.state = 'published' and w.price_kind = 'fixed' order by asked.position`.execute(trx);
    const title = input.title.trim();
    const distinct = new Set(works.map(({ id }) => id));
    const saves = input.price < sum(works.map(({ price }) => price));
    const holds =
      title !== "" &&
      works.length === input.works.length &&
      distinct.size === works.length &&
      works.length >= 2 &&
      works.some(({ coopId }) => coopId === input.coopId) &&
      new Set(works.map(({ currency }) => currency)).size === 1;
    const charged = Number.isInteger(input.price) && input.price >= 50 && input.price <= largestCharge;
    if (!holds || !charged || !saves) throw new Refusal("bundle_invalid");
    const bundleId = v7();
    const slug = await slugFor(trx, title);
    await trx
      .insertInto("bundle")
      .values({
        ...{ id: bundleId, coop_id: input.coopId, slug, title, about: input.about.trim() },
        ...{ price: input.price, currency: works[0]!.currency, created_at: now, created_by: input.by },
      })
      .execute();
    await trx
      .insertInto("bundle_work")
      .values(
        works.map(({ id, agrees }, i) => ({
          ...{ bundle_id: bundleId, work_id: id, position: i + 1 },
          agreed_at: agrees ? now : null,
          agreed_by: agrees ? input.by : null,
        })),
      )
      .execute();
    return { bundleId, slug };
  });
}

/** The words of the title, and a number where another bundle has them already. */
async function slugFor(db: Database, title: string): Promise<string> {
  const wanted = slugOf(title) || "ensemble";
  await sql`select pg_advisory_xact_lock(hashtext(${`bundle:${wanted}`}))`.execute(db);
  const { rows } = await sql<{ slug: string }>`
    select slug from bundle where slug = ${wanted} or slug like ${`${wanted}-%`}`.execute(db);
  return freeSlug(
    wanted,
    rows.map(({ slug }) => slug),
  );
}
