import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { RuleSteps } from "./rule.ts";

export type Rule = {
  id: string;
  coopId: string;
  code: string;
  steps: RuleSteps;
  inForceFrom: Date;
  /** null: the vote is still open. */
  votedAt: Date | null;
};

/** The version of each co-op's rule in force at `at`; a co-op that never voted one is absent. */
export async function rulesInForce(
  db: Database,
  coopIds: readonly string[],
  at: Date,
): Promise<Map<string, Rule>> {
  if (coopIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("rule")
    .distinctOn("coop_id")
    .selectAll()
    .where("coop_id", "in", [...coopIds])
    .where("voted_at", "<=", at)
    .where("in_force_from", "<=", at)
    .orderBy("coop_id")
    .orderBy("in_force_from", "desc")
    .execute();
  return new Map(rows.map((row) => [row.coop_id, ruleOf(row)]));
}

/** Every version of a co-op's rule, the latest first, those before their vote included. */
export async function rulesOf(db: Database, coopId: string): Promise<Rule[]> {
  const rows = await db
    .selectFrom("rule")
    .selectAll()
    .where("coop_id", "=", coopId)
    .orderBy(sql`in_force_from desc`)
    .execute();
  return rows.map(ruleOf);
}

function ruleOf(row: {
  id: string;
  coop_id: string;
  code: string;
  steps: unknown;
  in_force_from: Date;
  voted_at: Date | null;
}): Rule {
  return {
    id: row.id,
    coopId: row.coop_id,
    code: row.code,
    steps: row.steps as RuleSteps,
    inForceFrom: row.in_force_from,
    votedAt: row.voted_at,
  };
}
