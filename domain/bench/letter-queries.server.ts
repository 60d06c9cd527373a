import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

/** Somebody of the catalogue in whose name this person may write, and how many follow them. */
export type Voice = { agentId: string; name: string; slug: string; followers: number };

/** The names under which this person's memberships are known. */
export async function voicesOf(db: Database, personId: string): Promise<Voice[]> {
  const { rows } = await sql<Voice>`
    select g.id as "agentId", g.name, g.slug,
      (select count(distinct f.person_id) from follow f where agent_now(f.agent_id) = g.id)::int as followers
    from agent g join member m on m.id = g.member_id
    where m.person_id = ${personId} and m.left_at is null and g.merged_into is null
    order by plain(g.name), g.id`.execute(db);
  return rows;
}

export type SentLetter = {
  id: string;
  name: string;
  subject: string;
  body: string;
  readerCount: number;
  writtenAt: Date;
};

/** The letters that this person wrote, the latest first. */
export async function lettersOf(db: Database, personId: string): Promise<SentLetter[]> {
  const { rows } = await sql<SentLetter>`
    select l.id, g.name, l.subject, l.body, l.reader_count as "readerCount", l.written_at as "writtenAt"
    from follower_letter l join member m on m.id = l.member_id join agent g on g.id = agent_now(l.agent_id)
    where m.person_id = ${personId} order by l.written_at desc, l.id desc limit 100`.execute(db);
  return rows;
}

export type LetterToSay = {
  name: string;
  slug: string;
  subject: string;
  body: string;
  email: string;
  locale: "fr" | "en";
};

/** A letter as it goes to one reader; null where they follow no more. */
export async function letterFor(
  db: Database,
  { letterId, personId }: { letterId: string; personId: string },
): Promise<LetterToSay | null> {
  const { rows } = await sql<LetterToSay>`
    select g.name, g.slug, l.subject, l.body, p.email, p.locale
    from follower_letter l join agent g on g.id = agent_now(l.agent_id) join person p on p.id = ${personId}
    where l.id = ${letterId} and p.erased_at is null
      and exists (select from follow f where f.person_id = p.id and agent_now(f.agent_id) = g.id)`.execute(
    db,
  );
  return rows[0] ?? null;
}
