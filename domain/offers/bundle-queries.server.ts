import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";
import type { Amount } from "../money/amount.ts";
import type { BundleNow } from "./bundle.ts";

/** Bundle `b` is sold: not ended, all its works agreed to and in the shop. */
const isSold = sql`b.ended_at is null and not exists (select from bundle_work bw join work w on w.id = bw.work_id
  where bw.bundle_id = b.id and (bw.agreed_at is null or w.state <> 'published'))`;

/** The bundles that are sold and have all their works among these. */
export async function bundlesAmong(db: Database, workIds: readonly string[]): Promise<BundleNow[]> {
  if (workIds.length < 2) return [];
  const { rows } = await sql<BundleNow>`
    select b.id, b.title, b.price, b.currency,
      (select json_agg(bw.work_id order by bw.position) from bundle_work bw where bw.bundle_id = b.id) as "workIds"
    from bundle b
    where b.id in (select bundle_id from bundle_work where work_id = any (${[...workIds]}::uuid[])) and ${isSold}
      and not exists (select from bundle_work bw where bw.bundle_id = b.id and bw.work_id <> all (${[...workIds]}::uuid[]))
    order by b.id`.execute(db);
  return rows;
}

/** A bundle on the page of a work that is in it. */
export type BundleLink = { slug: string; title: string; price: Amount; currency: string; works: number };

/** The bundles that are sold with this work, newest first. */
export async function bundlesOfWork(db: Database, workSlug: string): Promise<BundleLink[]> {
  const { rows } = await sql<BundleLink>`
    select b.slug, b.title, b.price, b.currency, (select count(*) from bundle_work bw where bw.bundle_id = b.id) as works
    from work asked join bundle_work mine on mine.work_id = asked.id join bundle b on b.id = mine.bundle_id
    where asked.slug = ${workSlug} and ${isSold} order by b.created_at desc limit 3`.execute(db);
  return rows;
}

export type BundlePage = {
  id: string;
  slug: string;
  title: string;
  about: string;
  price: Amount;
  currency: string;
  coop: { slug: string; name: string };
  works: WorkCard[];
};

/** A bundle that is sold; null otherwise. */
export async function findBundle(db: Database, slug: string): Promise<BundlePage | null> {
  const { rows } = await sql<BundlePage>`
    select b.id, b.slug, b.title, b.about, b.price, b.currency,
      (select jsonb_build_object('slug', o.slug, 'name', o.name) from coop o where o.id = b.coop_id) as coop,
      (select jsonb_agg(${cardOf} order by bw.position) from bundle_work bw join work w on w.id = bw.work_id
        where bw.bundle_id = b.id) as works
    from bundle b where b.slug = ${slug} and ${isSold}`.execute(db);
  return rows[0] ?? null;
}

export type BundleRow = {
  id: string;
  slug: string;
  title: string;
  price: Amount;
  currency: string;
  coopName: string;
  state: "sold" | "waiting" | "ended" | "unavailable";
  /** Whether works of the asking desk wait for its word. */
  toAgree: boolean;
  works: { title: string; coopName: string; agreed: boolean }[];
  sold: number;
};

/** The bundles with a work of these co-ops, or made by them, newest first. */
export async function bundlesOfCoops(db: Database, coopIds: readonly string[]): Promise<BundleRow[]> {
  const ours = (column: RawBuilder<unknown>) => sql`${column} = any (${[...coopIds]}::uuid[])`;
  const { rows } = await sql<BundleRow>`
    select b.id, b.slug, b.title, b.price, b.currency, coop.name as "coopName",
      case when b.ended_at is not null then 'ended' when ${isSold} then 'sold'
        when exists (select from bundle_work bw where bw.bundle_id = b.id and bw.agreed_at is null) then 'waiting'
        else 'unavailable' end as state,
      b.ended_at is null and exists (select from bundle_work bw join work w on w.id = bw.work_id
        where bw.bundle_id = b.id and bw.agreed_at is null and ${ours(sql`w.coop_id`)}) as "toAgree",
      (select json_agg(json_build_object('title', w.title, 'coopName', o.name, 'agreed', bw.agreed_at is not null)
          order by bw.position)
        from bundle_work bw join work w on w.id = bw.work_id join coop o on o.id = w.coop_id
        where bw.bundle_id = b.id) as works,
      (select count(distinct l.sale_id) from sale_line l join sale on sale.id = l.sale_id
        where l.bundle_id = b.id and sale.state = 'paid') as sold
    from bundle b join coop on coop.id = b.coop_id
    where ${ours(sql`b.coop_id`)} or exists (select from bundle_work bw join work w on w.id = bw.work_id
      where bw.bundle_id = b.id and ${ours(sql`w.coop_id`)})
    order by b.created_at desc limit 200`.execute(db);
  return rows;
}
