import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Claim } from "../metadata/merge.ts";
import { recordsOf } from "./catalogue-records.server.ts";
import type { Sent } from "./sent.ts";
import type { Known } from "./sent-changes.ts";

/** What a product was when it was last received: sent again word for word, nothing of it is looked at. */
const digestOf = ({ reference: _, tags: __, files: ___, ...sent }: Sent): string =>
  createHash("sha256").update(JSON.stringify(sent)).digest("base64url");

/** `same`: it is what was received before. `otherWork`: its ISBN is that of another work of the co-op. */
export type Match = { workId: string; same: boolean; otherWork?: string };

const workRow = (key: string) => `work:${key}`;

/** By these a product is known again: what names it, its work, its other forms. */
export const keysOf = (sent: Sent): string[] => [
  `r ${sent.reference}`,
  ...(sent.workId ? [`w ${sent.workId}`] : []),
  ...sent.workKeys.map((key) => `r ${workRow(key)}`),
  ...[...isbnsOf(sent), ...sent.siblings].map((isbn) => `i ${isbn}`),
];

const isbnsOf = (sent: Sent): string[] =>
  (sent.fields.identifiers ?? []).filter(({ scheme }) => scheme === "isbn").map(({ value }) => value);

/**
 * Which works of the co-op these products speak of, in the order in which they are surest; one look for a whole batch. A work that
 * was merged into another is that other.
 */
export async function matchProducts(
  db: Database,
  coopId: string,
  all: readonly Sent[],
): Promise<Map<Sent, Match>> {
  if (all.length === 0) return new Map();
  const references = all.flatMap((sent) => [sent.reference, ...sent.workKeys.map(workRow)]);
  const { rows } = await sql<{ key: string; work: string; digest: string | null }>`
    select found.key, case when w.merged_into is null then w.id else work_now(w.id) end as work, found.digest
    from (
      select 'r ' || reference as key, work_id, digest from product
        where coop_id = ${coopId} and reference = any(${references}::text[])
      union all select 'w ' || id, id, null from work
        where id = any(${all.flatMap(({ workId }) => workId ?? [])}::uuid[])
      union all select 'i ' || i.value, coalesce(i.work_id, e.work_id), null
        from identifier i left join edition e on e.id = i.edition_id
        where i.scheme = 'isbn' and i.agent_id is null
          and i.value = any(${all.flatMap((sent) => [...isbnsOf(sent), ...sent.siblings])}::text[])) found
    join work w on w.id = found.work_id and w.coop_id = ${coopId}`.execute(db);
  const found = new Map(rows.map((row) => [row.key, row]));
  const matches = new Map<Sent, Match>();
  for (const sent of all) {
    const byReference = found.get(`r ${sent.reference}`);
    const byIsbn = first(isbnsOf(sent).map((isbn) => found.get(`i ${isbn}`)));
    const others = [
      found.get(`w ${sent.workId}`),
      byIsbn,
      first(sent.workKeys.map((key) => found.get(`r ${workRow(key)}`))),
      first(sent.siblings.map((isbn) => found.get(`i ${isbn}`))),
    ];
    const match = byReference ?? first(others);
    if (!match) continue;
    const other = byIsbn && byIsbn.work !== match.work ? { otherWork: byIsbn.work } : {};
    matches.set(sent, { workId: match.work, same: match.digest === digestOf(sent), ...other });
  }
  return matches;
}

const first = <T>(all: readonly (T | undefined)[]): T | undefined => all.find((each) => each !== undefined);

/** What there is of these works, and all that was said of them. */
export async function knownWorks(db: Database, workIds: readonly string[]): Promise<Map<string, Known>> {
  if (workIds.length === 0) return new Map();
  const records = await recordsOf(db, workIds);
  const rows = await db
    .selectFrom("finding")
    .select(["work_id", "field", "value", "origin", "source", "found_at as foundAt", "upload_id as uploadId"])
    .where("work_id", "in", [...workIds])
    .execute();
  const claims = Map.groupBy(rows, ({ work_id }) => work_id);
  return new Map(
    [...records].map(([id, record]) => [
      id,
      { record, claims: (claims.get(id) ?? []) as unknown as Claim[] },
    ]),
  );
}

/** Each under its own name, and under those of its work. What is told last of a name counts. */
export async function rememberProducts(
  db: Database,
  { clock }: Pick<House, "clock">,
  coopId: string,
  all: readonly { workId: string; sent: Sent }[],
): Promise<void> {
  const rows = new Map<string, { workId: string; digest: string | null }>();
  for (const { workId, sent } of all) {
    for (const key of sent.workKeys) rows.set(workRow(key), { workId, digest: null });
    rows.set(sent.reference, { workId, digest: digestOf(sent) });
  }
  if (rows.size === 0) return;
  const told = [...rows.values()];
  await sql`insert into product (coop_id, reference, work_id, digest, received_at)
    select ${coopId}::uuid, given.*, ${clock.now()}::timestamptz
    from unnest(${[...rows.keys()]}::text[], ${told.map(({ workId }) => workId)}::uuid[],
      ${told.map(({ digest }) => digest)}::text[]) as given (reference, work_id, digest)
    on conflict (coop_id, reference) do update set work_id = excluded.work_id, digest = excluded.digest,
      received_at = excluded.received_at`.execute(db);
}
