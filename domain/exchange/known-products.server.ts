import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Claim } from "../metadata/merge.ts";
import { recordsOf } from "./catalogue-records.server.ts";
import type { Sent } from "./sent.ts";
import type { Known } from "./sent-changes.ts";

/** How a product was known: by its reference, or by what it shares with a work. `same`: it was sent just so before. */
export type Match = { workId: string; same: boolean; otherWork?: string };

/** Of everything that was sent, whatever the order of its keys. */
export const digestOf = ({ fields, formats, kind, withdrawn }: Sent): string =>
  createHash("sha256")
    .update(
      JSON.stringify([Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)), formats, kind, withdrawn]),
    )
    .digest("base64url");

const workRow = (key: string) => `work:${key}`;

/** Which works of the co-op these products speak of, in the order in which they are surest; four looks for a whole batch. */
export async function matchProducts(
  db: Database,
  coopId: string,
  all: readonly Sent[],
): Promise<Map<Sent, Match>> {
  const isbnsOf = (sent: Sent) =>
    (sent.fields.identifiers ?? []).filter(({ scheme }) => scheme === "isbn").map(({ value }) => value);
  const references = all.flatMap((sent) => [sent.reference, ...sent.workKeys.map(workRow)]);
  const { rows } = await sql<{ key: string; work: string; digest: string | null }>`
    select 'r ' || reference as key, work_id as work, digest from product
      where coop_id = ${coopId} and reference = any(${references}::text[])
    union all select 'w ' || id, id, null from work
      where coop_id = ${coopId} and id = any(${all.flatMap(({ workId }) => workId ?? [])}::uuid[])
    union all select 'i ' || i.value, w.id, null
      from identifier i left join edition e on e.id = i.edition_id
      join work w on w.id = coalesce(i.work_id, e.work_id)
      where w.coop_id = ${coopId} and i.scheme = 'isbn'
        and i.value = any(${all.flatMap((sent) => [...isbnsOf(sent), ...sent.siblings])}::text[])`.execute(
    db,
  );
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

/** Under its own name, and under those of its work. */
export async function rememberProduct(
  db: Database,
  { clock }: Pick<House, "clock">,
  { coopId, workId, sent }: { coopId: string; workId: string; sent: Sent },
): Promise<void> {
  const row = (reference: string, digest: string | null) => ({
    coop_id: coopId,
    reference,
    work_id: workId,
    digest,
    received_at: clock.now(),
  });
  const keys = [...new Set(sent.workKeys.map(workRow))];
  await db
    .insertInto("product")
    .values([row(sent.reference, digestOf(sent)), ...keys.map((key) => row(key, null))])
    .onConflict((conflict) =>
      conflict.columns(["coop_id", "reference"]).doUpdateSet((eb) => ({
        work_id: eb.ref("excluded.work_id"),
        digest: eb.ref("excluded.digest"),
        received_at: eb.ref("excluded.received_at"),
      })),
    )
    .execute();
}
