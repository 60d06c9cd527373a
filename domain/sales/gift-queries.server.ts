import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";

export type Gift = {
  id: string;
  saleId: string;
  code: string;
  name: string;
  email: string;
  fromName: string;
  note: string;
  deliverAt: Date;
  toldAt: Date | null;
  redeemedAt: Date | null;
  /** The language of who gave it. */
  locale: "fr" | "en";
  works: (WorkCard & { soldAs: string })[];
};

/** A gift that was paid, whole: for who holds its link. Null where there is none. */
export const findGift = (db: Database, giftId: string): Promise<Gift | null> => find(db, { giftId });

/** The gift that this sale is, for its buyer; null where it is none. */
export const giftOfSale = (db: Database, saleId: string): Promise<Gift | null> => find(db, { saleId });

async function find(db: Database, by: { giftId?: string; saleId?: string }): Promise<Gift | null> {
  const { rows } = await sql<Gift>`
    select g.id, g.sale_id as "saleId", g.code, g.name, g.email, g.from_name as "fromName", g.note, g.deliver_at as "deliverAt",
      g.told_at as "toldAt", g.redeemed_at as "redeemedAt", sale.locale,
      coalesce((select jsonb_agg(${cardOf} || jsonb_build_object('soldAs', l.title) order by l.position)
        from sale_line l join work w on w.id = work_now(l.work_id) where l.gift_id = g.id), '[]') as works
    from gift g join sale on sale.id = g.sale_id
    where sale.state in ('paid', 'claimed')
      and (g.id = ${by.giftId ?? null}::uuid or g.sale_id = ${by.saleId ?? null}::uuid)`.execute(db);
  return rows[0] ?? null;
}
