import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import type { RuleSteps } from "../governance/rule.ts";
import type { Fund } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import type { SaleState } from "./settle-sale.server.ts";

/** One part of a line: where so many of its cents went. `fee` is what a co-op bore of the card fee, negative. */
export type ReceiptPart = {
  stage: "percent" | "pool" | "shares" | "fee";
  amount: Amount;
  /** Of a co-op's fund. */
  fund: Fund | null;
  /** Of a member. */
  memberId: string | null;
  memberName: string | null;
};

export type ReceiptLine = {
  id: string;
  workId: string;
  workSlug: string;
  kind: "book" | "album";
  title: string;
  coopId: string;
  coopName: string;
  coopSlug: string;
  /** Printed on the receipt: {tps: "…", tvq: "…"}. */
  taxNumbers: Record<string, string>;
  quantity: number;
  unitPrice: Amount;
  /** After discount, before tax. */
  amount: Amount;
  taxes: { code: string; percent: string; amount: Amount }[];
  ruleCode: string | null;
  ruleSteps: RuleSteps | null;
  /** Of the card fee; null until it is known. Borne by all, it came off the line before the parts. */
  feePart: Amount | null;
  /** Empty until the sale is split. */
  parts: ReceiptPart[];
  /** The right to download; null before payment. */
  rightId: string | null;
  rightEndedAt: string | null;
};

export type SaleReceipt = {
  id: string;
  number: number;
  state: SaleState;
  email: string;
  personId: string | null;
  locale: "fr" | "en";
  place: string | null;
  currency: string;
  total: Amount;
  discountBp: number | null;
  /** The code that was typed, where one was: what it took off is unit price × quantity − amount of each line. */
  coupon: string | null;
  /** The titles of the bundles at whose price works were sold. */
  bundles: string[];
  /** Who the works are for, where it is a gift. */
  giftTo: string | null;
  openedAt: Date;
  paidAt: Date | null;
  splitAt: Date | null;
  /** The exact card fee; null until Stripe tells. */
  fee: Amount | null;
  /** What the charge brought, in the currency of the books; null until Stripe tells. */
  settled: Amount | null;
  lines: ReceiptLine[];
  /** One for each tax, all lines together. */
  taxes: { code: string; percent: string; amount: Amount }[];
};

/** A sale with its lines and where each dollar went; null where there is none. Its link has been checked. */
export async function readSale(db: Database, saleId: string): Promise<SaleReceipt | null> {
  return (await receipts(db, sql`sale.id = ${saleId}::uuid`, 1))[0] ?? null;
}

/** `rest`: what the buyer paid, taxes with it, for the lines that are other co-ops' and not shown. */
export type StaffSale = SaleReceipt & { rest: Amount };

/**
 * A sale with a line of a co-op where this person is treasurer or admin. Of a cart that was mixed they see their own co-op's lines
 * with their parts and taxes, and the rest as one amount; the co-op that owns the platform sees them all.
 */
export async function findSaleForStaff(
  db: Database,
  personId: string,
  saleId: string,
): Promise<StaffSale | null> {
  if (!isId(saleId)) return null;
  const theirs = sql`exists (select from sale_line as line join coop_role as held on held.coop_id = line.coop_id
    where line.sale_id = sale.id and held.person_id = ${personId}::uuid and held.role in (${rolesFor("readMoney")}))`;
  const found = await receipts(
    db,
    sql`sale.id = ${saleId}::uuid and ${theirs}`,
    1,
    keptBy(personId, sql`line.coop_id`),
  );
  if (!found[0]) return null;
  const shown = [...found[0].lines, ...found[0].taxes].reduce((sum, { amount }) => sum + amount, 0);
  return { ...found[0], rest: found[0].total - shown };
}

const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

async function receipts(
  db: Database,
  where: RawBuilder<unknown>,
  limit: number,
  shown: RawBuilder<boolean> = sql`true`,
): Promise<SaleReceipt[]> {
  const { rows } = await sql<Omit<SaleReceipt, "taxes">>`
    select sale.id, sale.number, sale.state, sale.email, sale.person_id as "personId", sale.locale, sale.place, sale.currency,
      sale.total, sale.discount_bp as "discountBp",
      coalesce((select code from coupon where id = sale.coupon_id), (select code from press_code where sale_id = sale.id)) as coupon,
      coalesce((select json_agg(distinct b.title) from sale_line l join bundle b on b.id = l.bundle_id
        where l.sale_id = sale.id), '[]') as bundles,
      (select name from gift where sale_id = sale.id) as "giftTo", sale.opened_at as "openedAt", sale.paid_at as "paidAt",
      sale.split_at as "splitAt", sale.fee, sale.settled,
      (select json_agg(json_build_object(
          'id', line.id, 'workId', line.work_id, 'workSlug', work.slug, 'kind', work.kind, 'title', line.title,
          'coopId', coop.id, 'coopName', coop.name, 'coopSlug', coop.slug, 'taxNumbers', coop.tax_numbers,
          'quantity', line.quantity, 'unitPrice', line.unit_price, 'amount', line.amount, 'feePart', line.fee_part,
          'ruleCode', rule.code, 'ruleSteps', rule.steps,
          'rightId', held.id, 'rightEndedAt', held.ended_at,
          'taxes', coalesce((select json_agg(json_build_object('code', tax.code, 'percent', trim_scale(tax.percent)::text,
              'amount', tax.amount) order by tax.position, tax.code)
            from sale_line_tax as tax where tax.sale_line_id = line.id), '[]'),
          'parts', coalesce((select json_agg(json_build_object('stage', part.stage, 'amount', part.amount,
              'fund', substring(part.account from '^coop:[^:]+:(.*)$'),
              'memberId', member.id, 'memberName', member.name) order by part.position)
            from split_part as part left join member
              on part.account = 'member:' || member.id
            where part.sale_line_id = line.id), '[]')
        ) order by line.position)
        from sale_line as line join work on work.id = line.work_id join coop on coop.id = line.coop_id
          left join rule on rule.id = line.rule_id left join download_right as held on held.sale_line_id = line.id
        where line.sale_id = sale.id and ${shown}) as lines
    from sale where ${where} order by sale.opened_at desc, sale.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, taxes: taxesOf(row.lines) }));
}

function taxesOf(lines: readonly ReceiptLine[]): SaleReceipt["taxes"] {
  const byCode = new Map<string, SaleReceipt["taxes"][number]>();
  for (const tax of lines.flatMap((line) => line.taxes)) {
    const before = byCode.get(tax.code);
    byCode.set(tax.code, { ...tax, amount: (before?.amount ?? 0) + tax.amount });
  }
  return [...byCode.values()];
}
