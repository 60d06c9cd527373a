import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { nameAllContributors } from "../catalogue/name-contributors.server.ts";
import type { House } from "../house.ts";
import { peopleToName } from "../metadata/fill-record.server.ts";
import type { Merged } from "../metadata/merge.ts";
import type { Write } from "./write-sent.server.ts";

/** Who made them; and what the house did not know of these people yet: how they sort, and their ISNI. What it knows stays. */
export async function fillPeople(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  all: readonly (Write & { workId: string; merged: Merged })[],
): Promise<void> {
  const writes = all.filter(({ changed }) => changed.includes("contributors"));
  const named = writes.flatMap(({ workId, known: { record, claims }, merged }) => {
    const current = (record.fields.contributors ?? []).map(({ name }) => name);
    const contributors = peopleToName(record.kind, merged, claims, current);
    return contributors ? [{ workId, contributors }] : [];
  });
  await nameAllContributors(trx, house, named);
  const people = writes.flatMap(({ workId, sent }) =>
    (sent.fields.contributors ?? []).map((each) => ({
      ...{ workId, name: each.name, sortName: each.sortName ?? null },
      isni: each.identifiers?.find(({ scheme }) => scheme === "isni")?.value ?? null,
    })),
  );
  const sorted = people.filter(({ sortName }) => sortName !== null);
  if (sorted.length > 0)
    await sql`update agent set sort_name = given.sort_name
      from unnest(${sorted.map(({ workId }) => workId)}::uuid[], ${sorted.map(({ name }) => name)}::text[],
        ${sorted.map(({ sortName }) => sortName)}::text[]) as given (work_id, name, sort_name)
      join contribution c on c.work_id = given.work_id
      where c.agent_id = agent.id and agent.name = given.name and agent.sort_name is null`.execute(trx);
  const known = people.filter(({ isni }) => isni !== null);
  if (known.length > 0)
    await sql`insert into identifier (id, agent_id, scheme, value)
      select distinct on (agent.id) given.id, agent.id, 'isni', given.value
      from unnest(${known.map(() => v7())}::uuid[], ${known.map(({ workId }) => workId)}::uuid[],
        ${known.map(({ name }) => name)}::text[], ${known.map(({ isni }) => isni)}::text[]) as given (id, work_id, name, value)
      join contribution c on c.work_id = given.work_id
      join agent on agent.id = c.agent_id and agent.name = given.name
      where not exists (select from identifier i where i.agent_id = agent.id and i.scheme = 'isni')
      order by agent.id, given.id
      on conflict do nothing`.execute(trx);
}
