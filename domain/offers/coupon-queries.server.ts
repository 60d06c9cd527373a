import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { plainCode } from "./code.ts";
import type { CouponNow } from "./coupon.ts";

/**
 * The coupon that somebody typed, as these works and this buyer meet it; null where no coupon bears that code. `lock`: others that
 * open a sale with it wait until this transaction ends, so that no use is counted by two.
 */
export async function findCoupon(
  db: Database,
  asked: { code: string; workIds: readonly string[]; email?: string | undefined; lock?: boolean },
): Promise<CouponNow | null> {
  const code = plainCode(asked.code);
  if (asked.lock) await sql`select id from coupon where code = ${code} for no key update`.execute(db);
  const { rows } = await sql<CouponNow>`
    select c.id, c.code, coop.name as "coopName", c.bp, c.amount, c.currency, c.starts_at as "startsAt", c.ends_at as "endsAt",
      c.stopped_at as "stoppedAt", c.most_uses as "mostUses", c.most_each as "mostEach",
      (select count(*) from sale where coupon_id = c.id and state <> 'expired') as used,
      (select count(*) from sale where coupon_id = c.id and state <> 'expired'
        and email = ${asked.email?.trim().toLowerCase() ?? null}) as "usedByBuyer",
      coalesce((select json_agg(w.id) from work w where w.id = any (${[...asked.workIds]}::uuid[]) and ${covers}), '[]') as covered
    from coupon c join coop on coop.id = c.coop_id where c.code = ${code}`.execute(db);
  return rows[0] ?? null;
}

/** Whether coupon `c` is for work `w`. */
const covers = sql`w.coop_id = c.coop_id and (c.member_id is null or w.member_id = c.member_id)
  and (not exists (select from coupon_work cw where cw.coupon_id = c.id)
    or exists (select from coupon_work cw where cw.coupon_id = c.id and cw.work_id = w.id))`;

export type CouponRow = Omit<CouponNow, "usedByBuyer" | "covered"> & {
  coopId: string;
  /** What it took off in the sales that were paid. */
  given: Amount;
  /** Titles of the works that it is for; [] where it is for all. */
  works: string[];
  /** Who made it, where it is an artist's. */
  memberName: string | null;
};

/** The coupons of this person's studios, newest first. */
export const couponsOfArtist = (db: Database, personId: string): Promise<CouponRow[]> =>
  rowsWhere(
    db,
    sql`exists (select from member m where m.id = c.member_id and m.person_id = ${personId}::uuid
    and m.left_at is null)`,
  );

/** The coupons of these co-ops, those of their artists too, newest first. */
export const couponsOfCoops = (db: Database, coopIds: readonly string[]): Promise<CouponRow[]> =>
  rowsWhere(db, sql`c.coop_id = any (${[...coopIds]}::uuid[])`);

async function rowsWhere(db: Database, where: RawBuilder<unknown>): Promise<CouponRow[]> {
  const { rows } = await sql<CouponRow>`
    select c.id, c.coop_id as "coopId", c.code, coop.name as "coopName", member.name as "memberName", c.bp, c.amount, c.currency,
      c.starts_at as "startsAt", c.ends_at as "endsAt", c.stopped_at as "stoppedAt", c.most_uses as "mostUses",
      c.most_each as "mostEach",
      (select count(*) from sale where coupon_id = c.id and state <> 'expired') as used,
      (select coalesce(sum(l.unit_price * l.quantity - l.amount), 0)::bigint from sale_line l join sale on sale.id = l.sale_id
        where sale.coupon_id = c.id and sale.state in ('paid', 'claimed')) as given,
      coalesce((select json_agg(w.title order by w.title) from coupon_work cw join work w on w.id = cw.work_id
        where cw.coupon_id = c.id), '[]') as works
    from coupon c join coop on coop.id = c.coop_id left join member on member.id = c.member_id
    where ${where} order by c.created_at desc, c.id desc limit 500`.execute(db);
  return rows;
}

/** `price` in minor units; `fixed`: the buyer does not name it. */
type OfferedWork = { id: string; title: string; price: Amount; fixed: boolean };

/** The works that a coupon may be for: those in the shop of these studios, or of these co-ops. */
export async function worksToOffer(
  db: Database,
  whose: { personId: string } | { coopIds: readonly string[] },
): Promise<OfferedWork[]> {
  const mine =
    "personId" in whose
      ? sql`m.person_id = ${whose.personId}::uuid and m.left_at is null`
      : sql`w.coop_id = any (${[...whose.coopIds]}::uuid[])`;
  const { rows } = await sql<OfferedWork>`
    select w.id, w.title, w.price, w.price_kind = 'fixed' as fixed from work w join member m on m.id = w.member_id
    where w.state = 'published' and ${mine} order by plain(w.title), w.id limit 500`.execute(db);
  return rows;
}
