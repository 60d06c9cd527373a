import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Days are YYYY-MM-DD. */
export type Incident = {
  /** Made with the form: the same form sent twice is one incident. */
  id: string;
  happenedOn: string;
  noticedOn: string;
  what: string;
  about: string;
  /** Null: not known (yet). */
  people: number | null;
  harm: "none" | "possible" | "serious";
  harmReason: string;
  measures: string;
};

/** Writes a confidentiality incident in a co-op's register. Refuses `not_found` to who does not keep it. */
export function recordIncident(
  db: Database,
  house: Pick<House, "clock">,
  { coopId, by, incident }: { coopId: string; by: string; incident: Incident },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIncidents", coopId });
    const written = await trx
      .insertInto("incident")
      .values({
        id: incident.id,
        coop_id: coopId,
        happened_on: incident.happenedOn,
        noticed_on: incident.noticedOn,
        what: incident.what,
        about: incident.about,
        people_count: incident.people,
        harm: incident.harm,
        harm_reason: incident.harmReason,
        measures: incident.measures,
        recorded_by: by,
        recorded_at: house.clock.now(),
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!written) return;
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "record-incident",
      subject: `incident:${incident.id}`,
      after: { noticedOn: incident.noticedOn, harm: incident.harm, people: incident.people },
    });
  });
}

/**
 * Closes an incident, with when the Commission and the people were told (YYYY-MM-DD; null: not). Closed already: nothing happens. Refuses
 * `not_found`, and `incident_not_told` for a serious one without both days.
 */
export function closeIncident(
  db: Database,
  house: Pick<House, "clock">,
  told: { coopId: string; by: string; id: string; authorityOn: string | null; peopleOn: string | null },
): Promise<void> {
  const { coopId, by, id, authorityOn, peopleOn } = told;
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIncidents", coopId });
    const incident = await trx
      .selectFrom("incident")
      .select(["harm", "closed_at"])
      .where("id", "=", id)
      .where("coop_id", "=", coopId)
      .forUpdate()
      .executeTakeFirst();
    if (!incident) throw new Refusal("not_found");
    if (incident.closed_at) return;
    if (incident.harm === "serious" && (authorityOn === null || peopleOn === null))
      throw new Refusal("incident_not_told");
    await trx
      .updateTable("incident")
      .set({ authority_told_on: authorityOn, people_told_on: peopleOn, closed_at: house.clock.now() })
      .where("id", "=", id)
      .execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "close-incident",
      subject: `incident:${id}`,
      after: { authorityOn, peopleOn },
    });
  });
}
