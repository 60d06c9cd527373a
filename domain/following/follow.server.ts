import { sql } from "kysely";
import { v7 } from "uuid";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";

/** Of whom: a person of the catalogue or a co-op, by the end of their address. */
export type Followed = { agent: string } | { coop: string };

/**
 * Follows somebody from now on: works that come later are written about. Again changes nothing. Refuses `not_found`, and
 * `too_many_requests` above 500 follows of one person.
 */
export async function follow(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, whom }: { personId: string; whom: Followed },
): Promise<void> {
  const now = clock.now();
  const agent = "agent" in whom ? whom.agent : null;
  const coop = "coop" in whom ? whom.coop : null;
  const { rows } = await sql<{ full: boolean }>`
    with found as (
      select agent_now(id) as agent_id, null::uuid as coop_id from agent where slug = ${agent}
      union all select null, id from coop where slug = ${coop}),
    added as (
      insert into follow (id, person_id, agent_id, coop_id, created_at, told_until)
      select ${v7()}, ${personId}, agent_id, coop_id, ${now}, ${now} from found
      where (select count(*) from follow where person_id = ${personId}) < 500
      on conflict do nothing)
    select (select count(*) from follow where person_id = ${personId}) >= 500 as full from found`.execute(db);
  if (!rows[0]) throw new Refusal("not_found");
  if (rows[0].full) throw new Refusal("too_many_requests");
}
