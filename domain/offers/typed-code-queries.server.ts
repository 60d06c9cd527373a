import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";
import { plainCode } from "./code.ts";

/** What somebody's code opens: the work of a press code, or a gift. A coupon is none of these: it is typed in the cart. */
export type TypedCode =
  | { kind: "press"; code: string; work: WorkCard; state: "open" | "used" | "over" }
  | { kind: "gift"; giftId: string }
  | { kind: "coupon" };

/** Null where no such code is. Who types it holds it: nothing more is asked. */
export async function findTypedCode(db: Database, typed: string): Promise<TypedCode | null> {
  const code = plainCode(typed);
  const { rows } = await sql<{
    press: Extract<TypedCode, { kind: "press" }> | null;
    gift: string | null;
    coupon: boolean;
  }>`
    select
      (select jsonb_build_object('kind', 'press', 'code', p.code, 'work', ${cardOf},
          'state', case when p.used_at is not null then 'used'
            when p.stopped_at is not null or w.state <> 'published' then 'over' else 'open' end)
        from press_code p join work w on w.id = p.work_id where p.code = ${code}) as press,
      (select g.id from gift g join sale on sale.id = g.sale_id where g.code = ${code} and sale.state in ('paid', 'claimed')) as gift,
      exists (select from coupon where coupon.code = ${code}) as coupon`.execute(db);
  const found = rows[0]!;
  if (found.press) return found.press;
  if (found.gift) return { kind: "gift", giftId: found.gift };
  return found.coupon ? { kind: "coupon" } : null;
}
