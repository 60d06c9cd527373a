import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { FeedWork } from "../feeds/feed-work.ts";
import { recordOf } from "../feeds/record.server.ts";

export type Kit = {
  id: string;
  personId: string;
  /** Null: they asked to be forgotten meanwhile. */
  email: string | null;
  locale: "fr" | "en";
  askedAt: Date;
  madeAt: Date | null;
  bytes: number | null;
  goneAt: Date | null;
};

/** By the person alone: another's does not exist. */
export const kitKey = ({ id, personId }: Pick<Kit, "id" | "personId">): string =>
  `exit/${personId}/${id}.zip`;

const columns = sql`k.id, k.person_id as "personId",
  case when p.erased_at is null then p.email end as email, k.locale, k.asked_at as "askedAt", k.made_at as "madeAt", k.bytes, k.gone_at as "goneAt"`;

/** Those that this person asked for, the latest first. */
export async function kitsOf(db: Database, personId: string): Promise<Kit[]> {
  const { rows } = await sql<Kit>`
    select ${columns} from exit_kit k join person p on p.id = k.person_id where k.person_id = ${personId} order by k.asked_at desc, k.id desc limit 10`.execute(
    db,
  );
  return rows;
}

/** One by its id, for the jobs; with `personId`, for who asked for it alone. */
export async function findKit(db: Database, kitId: string, personId?: string): Promise<Kit | null> {
  const { rows } = await sql<Kit>`
    select ${columns} from exit_kit k join person p on p.id = k.person_id where k.id = ${kitId}
      and ${personId === undefined ? sql`true` : sql`k.person_id = ${personId}`}`.execute(db);
  return rows[0] ?? null;
}

export type KitFile = {
  workId: string;
  title: string;
  by: string | null;
  storageKey: string;
  bytes: number;
  mediaType: string;
  role: "original" | "cover";
  /** As it was called when it was uploaded. */
  fileName: string | null;
};

/** Every file of every work of theirs, as it was uploaded, and the cover shown. Works of a membership that ended too. */
export async function filesOfKit(db: Database, personId: string): Promise<KitFile[]> {
  const { rows } = await sql<KitFile>`
    select w.id as "workId", w.title, (select string_agg(g.name, ', ' order by c.position) from contribution c
        join agent g on g.id = c.agent_id where c.work_id = w.id and c.recording_id is null and c.position <= 2) as by,
      a.storage_key as "storageKey", a.bytes, a.media_type as "mediaType", a.role, u.file_name as "fileName"
    from work w join member m on m.id = w.member_id and m.person_id = ${personId}
      join asset a on a.work_id = w.id and a.replaced_at is null and (a.role = 'original' or a.id = w.cover_id)
      left join upload u on u.id = a.upload_id
    where w.merged_into is null
    order by w.id, a.role, a.position, a.id`.execute(db);
  return rows;
}

export async function worksOfKit(db: Database, personId: string): Promise<{ id: string; coopId: string }[]> {
  const { rows } = await sql<{ id: string; coopId: string }>`
    select w.id, w.coop_id as "coopId" from work w join member m on m.id = w.member_id and m.person_id = ${personId}
    where w.merged_into is null order by w.id`.execute(db);
  return rows;
}

/** What feeds tell of these works, published or not: for who made them. */
export async function recordsOfKit(db: Database, workIds: readonly string[]): Promise<FeedWork[]> {
  const { rows } = await sql<{ record: FeedWork }>`
    select ${recordOf} as record from work w where w.id = any(${[...workIds]}::uuid[]) order by w.id`.execute(
    db,
  );
  return rows.map(({ record }) => record);
}

export type KitPosting = {
  number: number;
  postedAt: Date;
  kind: string;
  coop: string;
  sale: number | null;
  /** As the person reads it: what is owed to them is above 0. */
  amount: number;
  currency: string;
};

/** What the ledger holds under the accounts of this person's memberships, the first first. */
export async function ledgerOfKit(db: Database, personId: string): Promise<KitPosting[]> {
  const { rows } = await sql<KitPosting>`
    select entry.number, entry.posted_at as "postedAt", entry.kind, coop.name as coop, sale.number as sale,
      -posting.amount as amount, entry.currency
    from member m join coop on coop.id = m.coop_id
      join posting on posting.account = 'member:' || m.id
      join entry on entry.id = posting.entry_id
      left join sale on sale.id = entry.sale_id
    where m.person_id = ${personId} order by entry.number, coop.name`.execute(db);
  return rows;
}

/** Who follows this person and entrusted them with their address. */
export async function addressesOfKit(
  db: Database,
  personId: string,
): Promise<{ email: string; name: string; since: Date; givenAt: Date }[]> {
  const { rows } = await sql<{ email: string; name: string; since: Date; givenAt: Date }>`
    select p.email, g.name, f.created_at as since, f.address_given_at as "givenAt"
    from follow f join agent g on g.id = agent_now(f.agent_id) join member m on m.id = g.member_id and m.person_id = ${personId}
      join person p on p.id = f.person_id and p.erased_at is null
    where f.address_given_at is not null order by f.address_given_at, f.id`.execute(db);
  return rows;
}
