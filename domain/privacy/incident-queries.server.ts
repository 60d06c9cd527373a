import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { holdsIn } from "../people/permitted.server.ts";
import type { Incident } from "./record-incident.server.ts";

export type ListedIncident = Incident & {
  authorityToldOn: string | null;
  peopleToldOn: string | null;
  recordedBy: string | null;
  recordedAt: Date;
  closedAt: Date | null;
};

/** The register of a co-op, the last noticed first, through who keeps it. */
export async function listIncidents(
  db: Database,
  { personId, coopId }: { personId: string; coopId: string },
): Promise<ListedIncident[]> {
  const { rows } = await sql<ListedIncident>`
    select incident.id, happened_on::text as "happenedOn", noticed_on::text as "noticedOn", what, about, people_count as people, harm,
      harm_reason as "harmReason", measures, authority_told_on::text as "authorityToldOn", people_told_on::text as "peopleToldOn",
      coalesce(person.name, person.email) as "recordedBy", recorded_at as "recordedAt", closed_at as "closedAt"
    from incident left join person on person.id = incident.recorded_by
    where incident.coop_id = ${coopId}::uuid and ${holdsIn(personId, "keepIncidents", sql`incident.coop_id`)}
    order by noticed_on desc, incident.id desc`.execute(db);
  return rows;
}
