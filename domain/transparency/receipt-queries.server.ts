import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Fund } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import { nameOf } from "./books-queries.server.ts";

/** From whom, or with a failed refund to whom, so much of the money came. */
export type TakenFrom = { amount: Amount } & (
  | { to: "member"; name: string }
  | { to: "fund"; coopName: string; fund: Fund }
  | { to: "pool"; title: string }
  | { to: "tax"; code: string }
  | { to: "lost" }
);

/** Money that went back to a buyer, or that a failed refund brought again; in the currency of the books. */
export type MoneyBack = {
  kind: "refund" | "refund_failed" | "dispute_lost";
  at: Date;
  /** To the buyer; negative where it came again. */
  amount: Amount;
  from: TakenFrom[];
};

/** What went back of a sale, in the order of posting: as the entries say it. Its link has been checked. */
export async function moneyBackOf(db: Database, saleId: string): Promise<MoneyBack[]> {
  const { rows } = await sql<{
    kind: MoneyBack["kind"];
    at: Date;
    postings: { account: string; name: string | null; amount: Amount }[];
  }>`
    select entry.kind, entry.posted_at as at, (select json_agg(json_build_object('account', posting.account,
        'name', ${nameOf(sql`posting.account`)}, 'amount', posting.amount) order by abs(posting.amount) desc, posting.account)
      from posting where posting.entry_id = entry.id) as postings
    from entry where entry.sale_id = ${saleId}::uuid and entry.kind in ('refund', 'refund_failed', 'dispute_lost')
    order by entry.number`.execute(db);
  return rows.map(({ kind, at, postings }) => {
    const isOut = ({ account }: { account: string }) =>
      account === "stripe" || account.startsWith("suspense/");
    return {
      kind,
      at,
      amount: 0 - postings.filter(isOut).reduce((sum, { amount }) => sum + amount, 0),
      from: postings.filter((posting) => !isOut(posting)).map(takenFrom),
    };
  });
}

function takenFrom({
  account,
  name,
  amount,
}: {
  account: string;
  name: string | null;
  amount: Amount;
}): TakenFrom {
  const [kind, rest = ""] = account.split(/:(.*)/s);
  if (kind === "member") return { to: "member", name: name ?? "—", amount };
  if (kind === "coop") return { to: "fund", coopName: name ?? "—", fund: rest.split(":")[1] as Fund, amount };
  if (kind === "pool") return { to: "pool", title: name ?? "—", amount };
  if (kind === "tax") return { to: "tax", code: rest, amount };
  return { to: "lost", amount };
}
