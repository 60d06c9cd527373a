import { sql, type Transaction } from "kysely";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { RuleSteps } from "../governance/rule.ts";
import type { Amount } from "../money/amount.ts";

/** A line as it was sold, with the rule and the shares pinned on it. */
export type LineToSplit = {
  id: string;
  saleId: string;
  workId: string;
  coopId: string;
  ruleId: string | null;
  shareListId: string | null;
  amount: Amount;
  taxes: { code: string; amount: Amount }[];
  steps: RuleSteps | null;
  shares: { memberId: string; parts: number }[];
};

/** The lines of each of these sales, in their order; rules and share lists are read once, however many lines they are pinned on. */
export async function linesToSplit(
  trx: Transaction<DB>,
  saleIds: readonly string[],
): Promise<Map<string, LineToSplit[]>> {
  const { rows } = await sql<Omit<LineToSplit, "steps" | "shares">>`${prepared}
    select line.id, line.sale_id as "saleId", line.work_id as "workId", line.coop_id as "coopId", line.rule_id as "ruleId",
      line.share_list_id as "shareListId", line.amount,
      coalesce((select json_agg(json_build_object('code', code, 'amount', amount) order by position, code)
        from sale_line_tax where sale_line_id = line.id), '[]') as taxes
    from sale_line as line where line.sale_id = any (${[...saleIds]}::uuid[]) order by line.sale_id, line.position`.execute(
    trx,
  );
  const pinned = (read: (line: (typeof rows)[number]) => string | null) => [
    ...new Set(rows.map(read).filter((id) => id !== null)),
  ];
  const { rows: rules } = await sql<{ id: string; steps: RuleSteps }>`${prepared}
    select id, steps from rule where id = any (${pinned(({ ruleId }) => ruleId)}::uuid[])`.execute(trx);
  const { rows: lists } = await sql<{ id: string; shares: LineToSplit["shares"] }>`${prepared}
    select share_list_id as id, json_agg(json_build_object('memberId', member_id, 'parts', parts) order by position) as shares
    from share where share_list_id = any (${pinned(({ shareListId }) => shareListId)}::uuid[])
    group by share_list_id`.execute(trx);
  const steps = new Map(rules.map((rule) => [rule.id, rule.steps]));
  const shares = new Map(lists.map((list) => [list.id, list.shares]));
  const bySale = new Map<string, LineToSplit[]>(saleIds.map((id) => [id, []]));
  for (const row of rows)
    bySale.get(row.saleId)!.push({
      ...row,
      steps: (row.ruleId === null ? undefined : steps.get(row.ruleId)) ?? null,
      shares: (row.shareListId === null ? undefined : shares.get(row.shareListId)) ?? [],
    });
  return bySale;
}
