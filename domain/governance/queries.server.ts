import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { RuleSteps } from "./rule.ts";
import { type RuleState, ruleStates } from "./rule-state.ts";

export type Rule = {
  id: string;
  coopId: string;
  code: string;
  steps: RuleSteps;
  inForceFrom: Date;
  /** null: the vote is still open, or never was held. */
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

export type RuleVersion = Rule & {
  state: RuleState;
  /** Until when it was, or will be, in force: the next adopted version's instant. */
  inForceUntil: Date | null;
  purpose: string | null;
  proposedAt: Date;
  proposedBy: string | null;
  adoptedAt: Date | null;
  adoptedBy: string | null;
  minutes: string | null;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
};

/** Every version of a co-op's rule with what it is at `at`, the latest first, those before their vote or withdrawn included. */
export async function rulesOf(db: Database, coopId: string, at: Date): Promise<RuleVersion[]> {
  const rows = await db
    .selectFrom("rule")
    .leftJoin("person as proposer", "proposer.id", "rule.proposed_by")
    .leftJoin("person as adopter", "adopter.id", "rule.adopted_by")
    .leftJoin("person as withdrawer", "withdrawer.id", "rule.withdrawn_by")
    .selectAll("rule")
    .select(sql<string | null>`coalesce(proposer.name, proposer.email)`.as("proposer"))
    .select(sql<string | null>`coalesce(adopter.name, adopter.email)`.as("adopter"))
    .select(sql<string | null>`coalesce(withdrawer.name, withdrawer.email)`.as("withdrawer"))
    .where("coop_id", "=", coopId)
    .orderBy(sql`rule.in_force_from desc`)
    .orderBy("rule.id", "desc")
    .execute();
  const versions = rows.map((row) => ({ ...ruleOf(row), withdrawnAt: row.withdrawn_at }));
  const states = ruleStates(versions, at);
  return rows.map((row) => ({
    ...ruleOf(row),
    ...states.get(row.id)!,
    purpose: row.purpose,
    proposedAt: row.created_at,
    proposedBy: row.proposer,
    adoptedAt: row.adopted_at,
    adoptedBy: row.adopter,
    minutes: row.minutes,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawer,
  }));
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
