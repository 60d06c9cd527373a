import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist, rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Sets above which amount (cents; null: never) the co-op wants two people for what moves money. Stricter at once; looser by two, like
 * what it would let through. Refuses `not_found`, `second_person_missing` (fewer than two people could confirm) and
 * `second_person_needed`.
 */
export function setTwoPeople(
  db: Database,
  house: Pick<House, "clock">,
  asked: { coopId: string; above: Amount | null; by: string; approvedAs?: string | undefined },
): Promise<void> {
  const { coopId, above, by } = asked;
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "setTwoPeople", coopId });
    const coop = await trx
      .selectFrom("coop")
      .select("two_people_above")
      .where("id", "=", coopId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const before = coop.two_people_above;
    if (before === above) return;
    if (above !== null) {
      const { rows } = await sql<{
        people: number;
      }>`select count(distinct person_id)::int as people from coop_role
        where coop_id = ${coopId}::uuid and role in (${rolesFor("confirmActs")})`.execute(trx);
      if (rows[0]!.people < 2) throw new Refusal("second_person_missing");
    }
    const isLooser = before !== null && (above === null || above > before);
    if (isLooser) {
      const act = { kind: "limit", coopIds: [coopId], subject: `coop:${coopId}`, amount: null } as const;
      await insistOnSecond(trx, house, { ...act, by, approvedAs: asked.approvedAs });
    }
    await trx.updateTable("coop").set({ two_people_above: above }).where("id", "=", coopId).execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "set-two-people",
      subject: `coop:${coopId}`,
      before: { above: before },
      after: { above },
    });
  });
}
