import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { AUTHORITIES, type Authority, authorityId } from "./authorities.ts";
import { cleanLine, cleanText, LONGEST } from "./clean-text.ts";

export type PersonCorrections = {
  sortName: string;
  about: { fr: string; en: string };
  /** As typed or pasted; empty where there is none. */
  authorities: Partial<Record<Authority, string>>;
  /** Somebody looked for this person in the authorities and found nothing. */
  searchedNone: boolean;
};

/**
 * What the desk says of a person or group whom its works name: written whole, and looked at by somebody from then on. Refuses
 * `not_found` (nobody whom a work of the co-ops of this desk names) and `field_invalid` with the authority whose number is none.
 */
export async function correctPerson(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { personId: string; agentId: string } & PersonCorrections,
): Promise<void> {
  const identifiers = AUTHORITIES.flatMap((scheme) => {
    const raw = input.authorities[scheme]?.trim() ?? "";
    if (raw === "") return [];
    const value = authorityId(scheme, raw);
    if (value === undefined) throw new Refusal("field_invalid", { field: scheme });
    return [{ scheme, value }];
  });
  const now = clock.now();
  const sortName = cleanLine(input.sortName, LONGEST.name) || null;
  const about = Object.fromEntries(
    Object.entries(input.about)
      .map(([tongue, text]) => [tongue, cleanText(text)])
      .filter(([, text]) => text),
  );
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ coopId: string }>`
      select w.coop_id as "coopId" from contribution c join work w on w.id = c.work_id
      where c.agent_id = ${input.agentId} and ${holdsIn(input.personId, "judgeWorks", sql`w.coop_id`)} limit 1`.execute(
      trx,
    );
    const coopId = rows[0]?.coopId;
    if (!coopId) throw new Refusal("not_found");
    await sql`update agent set sort_name = ${sortName}, about = ${JSON.stringify(about)}, confirmed_at = ${now},
      searched_at = ${input.searchedNone && identifiers.length === 0 ? now : null} where id = ${input.agentId}`.execute(
      trx,
    );
    await trx
      .deleteFrom("identifier")
      .where("agent_id", "=", input.agentId)
      .where("scheme", "in", [...AUTHORITIES])
      .execute();
    if (identifiers.length > 0) {
      await trx
        .insertInto("identifier")
        .values(identifiers.map((each) => ({ id: v7(), agent_id: input.agentId, ...each })))
        .execute();
    }
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: coopId,
        person_id: input.personId,
        verb: "correct_person",
        subject: `agent:${input.agentId}`,
        after: JSON.stringify({ sortName, about, identifiers, searchedNone: input.searchedNone }),
        at: now,
      })
      .execute();
  });
}
