import { sql, type Transaction } from "kysely";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { Amount } from "../money/amount.ts";
import type { Counters } from "../revenue/allocate.ts";
import type { LineToSplit } from "./lines-to-split.server.ts";

export type CounterRow = {
  workId: string;
  ruleId: string;
  stage: 1 | 2 | 3;
  /** Of stage 3 alone. */
  shareListId: string | null;
  cents: Amount;
};
type Line = Pick<LineToSplit, "workId" | "ruleId" | "shareListId">;

const stages = [1, 2, 3] as const;

/** The counters of the works at hand, as they are moved by one line after the other. */
export class ShareCounters {
  readonly #cents: Map<string, Amount>;
  readonly #moved = new Map<string, CounterRow>();

  constructor(kept: readonly CounterRow[]) {
    this.#cents = new Map(kept.map((row) => [keyOf(row), row.cents]));
  }

  of(line: Line): Counters {
    const at = (stage: CounterRow["stage"]) => this.#cents.get(keyOf(rowOf(line, stage, 0))) ?? 0;
    return { 1: at(1), 2: at(2), 3: at(3) };
  }

  move(line: Line, counters: Counters): void {
    for (const stage of stages) {
      const row = rowOf(line, stage, counters[stage]);
      this.#cents.set(keyOf(row), row.cents);
      this.#moved.set(keyOf(row), row);
    }
  }

  /** As they stand now, those that were moved; always in the same order, for they are written in it. */
  moved(): CounterRow[] {
    return [...this.#moved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

const rowOf = (line: Line, stage: CounterRow["stage"], cents: Amount): CounterRow => ({
  workId: line.workId,
  ruleId: line.ruleId!,
  stage,
  shareListId: stage === 3 ? line.shareListId : null,
  cents,
});

const keyOf = ({ workId, ruleId, stage, shareListId }: CounterRow) =>
  `${workId} ${ruleId} ${stage} ${shareListId}`;

/**
 * Sales count in the order of their splits: their works are locked, always in the order of their ids, so that two splits of the same
 * work follow each other and two carts with the same works never wait for each other in a circle.
 */
export async function lockCounters(trx: Transaction<DB>, lines: readonly Line[]): Promise<ShareCounters> {
  const works = [...new Set(lines.map((line) => line.workId))];
  await sql`${prepared}select id from work where id = any (${works}::uuid[]) order by id for no key update`.execute(
    trx,
  );
  const { rows } = await sql<CounterRow>`${prepared}
    select work_id as "workId", rule_id as "ruleId", stage, share_list_id as "shareListId", cents
    from share_counter where work_id = any (${works}::uuid[])`.execute(trx);
  return new ShareCounters(rows);
}
