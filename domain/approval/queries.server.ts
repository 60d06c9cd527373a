import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { type ActTerms, actTerms } from "./act.ts";

export type ListedAct = {
  id: string;
  coopId: string;
  coopSlug: string;
  terms: ActTerms;
  subject: string;
  amount: Amount | null;
  /** To whom or what: a buyer's sale by its number, a member by name, a rule by its code. */
  about: string | null;
  proposedById: string;
  proposedBy: string;
  proposedAt: Date;
  expiresAt: Date;
  state: "open" | "over" | "confirmed" | "declined";
  decidedBy: string | null;
  decidedAt: Date | null;
};

type Row = Omit<ListedAct, "terms"> & { kind: string; terms: object };

const shown = (personId: string, now: Date) => sql`
  select act.id, act.coop_id as "coopId", coop.slug as "coopSlug", act.kind, act.terms, act.subject, act.amount,
    case split_part(act.subject, ':', 1)
      when 'sale' then (select number::text from sale where id = split_part(act.subject, ':', 2)::uuid)
      when 'member' then (select name from member where id = split_part(act.subject, ':', 2)::uuid)
      when 'rule' then (select code from rule where id = split_part(act.subject, ':', 2)::uuid) end as about,
    act.proposed_by as "proposedById", coalesce(one.name, one.email) as "proposedBy", act.proposed_at as "proposedAt",
    act.expires_at as "expiresAt", coalesce(act.decision, case when act.expires_at <= ${now} then 'over' else 'open' end) as state,
    coalesce(two.name, two.email) as "decidedBy", act.decided_at as "decidedAt"
  from money_act act join coop on coop.id = act.coop_id join person one on one.id = act.proposed_by
    left join person two on two.id = act.decided_by
  where ${holdsIn(personId, "readMoney", sql`act.coop_id`)}`;

const read = ({ kind, terms, ...row }: Row): ListedAct => ({
  ...row,
  terms: actTerms.parse({ kind, ...terms }),
});

/** What waits for a second person in a co-op, oldest first, then the last thirty that were decided or left. Through who keeps its books. */
export async function listActs(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, coopId }: { personId: string; coopId: string },
): Promise<{ open: ListedAct[]; past: ListedAct[] }> {
  const { rows } = await sql<Row>`${shown(personId, clock.now())} and act.coop_id = ${coopId}::uuid
    order by act.proposed_at desc, act.id desc limit 130`.execute(db);
  const acts = rows.map(read);
  return {
    open: acts.filter(({ state }) => state === "open").reverse(),
    past: acts.filter(({ state }) => state !== "open").slice(0, 30),
  };
}

/** One act, through who keeps the books of its co-op; null: none for them. */
export async function findAct(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, actId }: { personId: string; actId: string },
): Promise<ListedAct | null> {
  const { rows } = await sql<Row>`${shown(personId, clock.now())} and act.id = ${actId}::uuid`.execute(db);
  return rows[0] ? read(rows[0]) : null;
}

/** Above which amount a co-op wants two people (null: never), and how many could confirm. */
export async function twoPeopleOf(
  db: Database,
  coopId: string,
): Promise<{ above: Amount | null; people: number }> {
  const { rows } = await sql<{ above: Amount | null; people: number }>`
    select two_people_above as above, (select count(distinct person_id)::int from coop_role
      where coop_id = coop.id and role in ('treasurer', 'admin')) as people
    from coop where id = ${coopId}::uuid`.execute(db);
  return rows[0] ?? { above: null, people: 0 };
}
