import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { freeWorkSlugs } from "../catalogue/work-slug.server.ts";
import type { House } from "../house.ts";
import type { Sent } from "./sent.ts";
import type { Known } from "./sent-changes.ts";

/** Begins the drafts of these products, in the studios of these members: bare, as nothing was said of them yet. In their order. */
export async function beginWorks(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  coopId: string,
  all: readonly { sent: Sent; memberId: string }[],
): Promise<Known[]> {
  if (all.length === 0) return [];
  const slugs = await freeWorkSlugs(
    trx,
    all.map(({ sent }) => ({ title: sent.fields.title ?? "", kind: sent.kind })),
  );
  const ids = all.map(() => v7());
  const now = clock.now();
  await sql`insert into work (id, slug, kind, member_id, state, coop_id, state_at, created_at, updated_at)
    select given.*, 'draft', ${coopId}::uuid, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
    from unnest(${ids}::uuid[], ${slugs}::text[], ${all.map(({ sent }) => sent.kind)}::text[],
      ${all.map(({ memberId }) => memberId)}::uuid[]) as given`.execute(trx);
  return all.map(({ sent }, i) => bareRecord(ids[i]!, slugs[i]!, sent));
}

/** A draft of which nobody has said anything. */
export function bareRecord(workId: string, slug: string, { kind }: Pick<Sent, "kind">): Known {
  const coop = { slug: "", name: "", place: "" };
  const record = {
    ...{ workId, slug, kind, coop, state: "draft" as const },
    ...{ formats: [], fields: {}, recordings: 0, hasCover: false, updatedAt: new Date(0) },
  };
  return { record, claims: [] };
}
