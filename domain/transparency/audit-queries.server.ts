import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { holdsIn } from "../people/permitted.server.ts";

export type AuditRow = {
  id: string;
  at: Date;
  /** Null: the house itself. */
  who: string | null;
  verb: string;
  /** `noun:id`, and what people call it where it has a name. */
  subject: string;
  about: string | null;
  before: unknown;
  after: unknown;
};

export type AuditAsked = {
  /** Whose deeds; null: everybody's. */
  byId: string | null;
  /** The first word of the subject: sale, member, work … */
  noun: string | null;
  from: Date | null;
  /** Exclusive. */
  to: Date | null;
  /** The id of the last row shown: what is older follows. */
  before: string | null;
  limit: number;
};

/** Who did what in a co-op, the newest first, through who may read it. */
export async function auditOf(
  db: Database,
  { personId, coopId }: { personId: string; coopId: string },
  asked: AuditAsked,
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select audit.id, audit.at, coalesce(person.name, person.email) as who, audit.verb, audit.subject, audit.before, audit.after,
      case split_part(audit.subject, ':', 1)
        when 'sale' then (select '#' || number from sale where id::text = split_part(audit.subject, ':', 2))
        when 'member' then (select name from member where id::text = split_part(audit.subject, ':', 2))
        when 'work' then (select title from work where id::text = split_part(audit.subject, ':', 2))
        when 'rule' then (select code from rule where id::text = split_part(audit.subject, ':', 2))
        when 'person' then (select coalesce(name, email) from person where id::text = split_part(audit.subject, ':', 2)) end as about
    from audit left join person on person.id = audit.person_id
    where audit.coop_id = ${coopId}::uuid and ${holdsIn(personId, "readAudit", sql`audit.coop_id`)}
      and (${asked.byId}::uuid is null or audit.person_id = ${asked.byId}::uuid)
      and (${asked.noun}::text is null or split_part(audit.subject, ':', 1) = ${asked.noun})
      and (${asked.from}::timestamptz is null or audit.at >= ${asked.from})
      and (${asked.to}::timestamptz is null or audit.at < ${asked.to})
      and (${asked.before}::uuid is null or (audit.at, audit.id) < (select last.at, last.id from audit last where last.id = ${asked.before}::uuid))
    order by audit.at desc, audit.id desc limit ${asked.limit}`.execute(db);
  return rows;
}

/** Who is named in a co-op's audit and which nouns: what one may filter by. */
export async function auditChoices(
  db: Database,
  { personId, coopId }: { personId: string; coopId: string },
): Promise<{ people: { id: string; name: string }[]; nouns: string[] }> {
  const { rows } = await sql<{ people: { id: string; name: string }[]; nouns: string[] }>`
    with seen as (select distinct person_id, split_part(subject, ':', 1) as noun from audit
      where coop_id = ${coopId}::uuid and ${holdsIn(personId, "readAudit", sql`audit.coop_id`)})
    select coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', coalesce(name, email)) order by coalesce(name, email))
        from person where id in (select person_id from seen)), '[]') as people,
      array(select distinct noun from seen order by noun) as nouns`.execute(db);
  return rows[0]!;
}
