import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { leftToRefund } from "./left-to-refund.server.ts";
import { hasOpenDispute, lockSale } from "./take-from-sale.server.ts";

export type RefundAsked = {
  saleId: string;
  /** Positions of lines, from 1; absent: all that the asker may give back. */
  lines?: readonly number[] | undefined;
  /** In the settlement currency; absent: all that remains of those lines. */
  amount?: Amount | undefined;
  /** Who asks, of the staff: the lines of co-ops where they are treasurer or admin are theirs to give back, no others. Null: the house. */
  askedBy: string | null;
  /** Why, in the asker's words; kept with the refund. */
  reason?: string | undefined;
  /** Made with the form: the same form sent twice is one refund. */
  refundId?: string | undefined;
  /** What was left of those lines when the asker looked. Somebody refunded in between: refused, and they look again. */
  seen?: Amount | undefined;
  /** The act of two people that this is, where the co-op asks for it. */
  approvedAs?: string | undefined;
};

/**
 * Asks for a refund. Its intent is stored with who asked, why, and the key that the call will carry, and rings `make-refund`; before
 * the split it waits for it. Refuses, before any call: `not_found` (a line that is not the asker's), `sale_disputed`,
 * `refund_changed`, `refund_too_large` (above what remains, less what was asked already), `second_person_needed`.
 */
export async function refundSale(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  asked: RefundAsked,
): Promise<{ refundId: string; amount: Amount }> {
  return inTransaction(db, async (trx) => {
    const sale = await lockSale(trx, asked.saleId);
    const known = asked.refundId === undefined ? undefined : await asBefore(trx, asked);
    if (known) return known;
    const { lineIds, coopId, coopIds } = await linesAsked(trx, asked);
    if (await hasOpenDispute(trx, sale.id)) throw new Refusal("sale_disputed");
    const left = (await leftToRefund(trx, sale))(lineIds);
    if (asked.seen !== undefined && asked.seen !== left) throw new Refusal("refund_changed");
    const amount = asked.amount ?? left;
    if (amount <= 0 || amount > left) throw new Refusal("refund_too_large", { amount: Math.max(0, left) });
    const act = { kind: "refund", coopIds, subject: `sale:${sale.id}`, amount } as const;
    await insistOnSecond(trx, house, { ...act, by: asked.askedBy, approvedAs: asked.approvedAs });
    const id = asked.refundId ?? v7();
    const now = house.clock.now();
    await trx
      .insertInto("refund")
      .values({
        id,
        key: `re:${id}:1`,
        sale_id: sale.id,
        line_ids: lineIds,
        amount,
        asked_of: "house",
        asked_by: asked.askedBy,
        reason: asked.reason ?? null,
        state: "asked",
        state_at: now,
        created_at: now,
      })
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: coopId,
        person_id: asked.askedBy,
        verb: "refund-sale",
        subject: `sale:${sale.id}`,
        before: JSON.stringify({ left }),
        after: JSON.stringify({ refundId: id, amount, lineIds, reason: asked.reason ?? null }),
        at: now,
      })
      .execute();
    if (sale.split_at) await enqueue(trx, house, "make-refund", { refundId: id });
    return { refundId: id, amount };
  });
}

/** The refund that this very form asked for already. */
async function asBefore(
  trx: Transaction<DB>,
  asked: RefundAsked,
): Promise<{ refundId: string; amount: Amount } | undefined> {
  const known = await trx
    .selectFrom("refund")
    .select(["id as refundId", "amount", "sale_id", "asked_by"])
    .where("id", "=", asked.refundId!)
    .executeTakeFirst();
  if (!known) return undefined;
  if (known.sale_id !== asked.saleId || known.asked_by !== asked.askedBy) throw new Refusal("not_found");
  return { refundId: known.refundId, amount: known.amount };
}

/** The lines to take from, null for all of the sale; and the co-op that gives back. */
async function linesAsked(
  trx: Transaction<DB>,
  { saleId, lines, askedBy }: RefundAsked,
): Promise<{ lineIds: string[] | null; coopId: string; coopIds: string[] }> {
  const { rows } = await sql<{ id: string; position: number; coopId: string; theirs: boolean }>`
    select line.id, line.position, line.coop_id as "coopId",
      ${askedBy}::uuid is null or exists (select from coop_role r where r.coop_id = line.coop_id
        and r.person_id = ${askedBy}::uuid and r.role in (${rolesFor("refund")})) as theirs
    from sale_line as line where line.sale_id = ${saleId} order by line.position`.execute(trx);
  const named = lines
    ? rows.filter(({ position }) => lines.includes(position))
    : rows.filter((row) => row.theirs);
  if (named.length === 0 || named.some((row) => !row.theirs)) throw new Refusal("not_found");
  return {
    lineIds: lines === undefined && named.length === rows.length ? null : named.map(({ id }) => id),
    coopId: named[0]!.coopId,
    coopIds: [...new Set(named.map(({ coopId }) => coopId))],
  };
}
