import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf } from "../catalogue/card.server.ts";
import type { House } from "../house.ts";
import { type Check, type CheckFacts, checksOf } from "./checks.ts";
import { type Claim, type Comparison, compare } from "./compare.ts";
import { facts, seenBy, sharesInForce } from "./queries.server.ts";

export type Review = {
  id: string;
  note: string | null;
  submittedAt: Date;
  decision: "published" | "returned" | "withdrawn" | null;
  decidedAt: Date | null;
  work: {
    id: string;
    slug: string;
    kind: "book" | "album";
    title: string;
    subtitle: string | null;
    description: { fr?: string; en?: string };
    price: number;
    priceKind: "fixed" | "open";
    suggestedPrice: number | null;
    currency: string;
    durationMs: number | null;
    wordCount: number | null;
    pageCount: number | null;
    cover: Cover | null;
    publishedAt: Date | null;
  };
  coop: { name: string; accent: string };
  member: { name: string; email: string };
  comparison: Comparison[];
  checks: Check[];
  files: ReviewFile[];
  tracks: ReviewTrack[];
  /** Whether the shop's page of the sample has something to show. */
  hasSample: boolean;
  shares: { name: string; parts: number; accepted: boolean }[];
  former: {
    decision: "published" | "returned" | "withdrawn";
    decidedAt: Date;
    reasonCode: string | null;
    reason: string | null;
  }[];
};
export type ReviewFile = {
  id: string;
  name: string;
  bytes: number;
  mediaType: string | null;
  state: string;
  reasons: { code: string; detail?: string }[];
};
export type ReviewTrack = {
  disc: number;
  position: number;
  title: string;
  durationMs: number | null;
  previewId: string | null;
  /** What the file says, where it says something else. */
  fileTitle: string | null;
};

type Row = Omit<Review, "comparison" | "checks"> & {
  record: Record<string, unknown>;
  claims: Claim[];
  facts: CheckFacts;
};

/**
 * All that a curator needs to decide, in one round trip: the record as the shop would show it, each claim of the files beside
 * it, files, tracks, people, shares, former answers, and what the machine has checked. Null where nothing may be seen.
 */
export async function findReview(
  db: Database,
  house: Pick<House, "clock">,
  personId: string,
  submissionId: string,
): Promise<Review | null> {
  const now = house.clock.now();
  const { rows } = await sql<Row>`
    select s.id, s.note, s.submitted_at as "submittedAt", s.decision, s.decided_at as "decidedAt",
      jsonb_build_object('id', w.id, 'slug', w.slug, 'kind', w.kind, 'title', w.title, 'subtitle', w.subtitle,
        'description', w.description, 'price', w.price, 'priceKind', w.price_kind, 'suggestedPrice', w.suggested_price,
        'currency', w.currency, 'durationMs', w.duration_ms, 'wordCount', w.word_count, 'pageCount', w.page_count,
        'cover', ${coverOf}, 'publishedAt', w.published_at) as work,
      jsonb_build_object('name', c.name, 'accent', c.accent) as coop,
      jsonb_build_object('name', m.name, 'email', p.email) as member,
      jsonb_build_object('title', w.title, 'subtitle', w.subtitle, 'language', w.language, 'publisher', w.publisher,
        'publishedOn', w.published_on, 'series', w.series, 'subjects', w.subjects, 'rights', w.rights,
        'pageCount', w.page_count, 'description', jsonb_path_query_array(w.description, '$.*'),
        'contributors', coalesce((select jsonb_agg(jsonb_build_object('name', a.name, 'role', k.role)
            order by k.position) from contribution k join agent a on a.id = k.agent_id
          where k.work_id = w.id and k.recording_id is null), '[]'),
        'identifiers', coalesce((select jsonb_agg(distinct jsonb_build_object('scheme', i.scheme, 'value', i.value))
          from identifier i where i.work_id = w.id
            or i.edition_id in (select e.id from edition e where e.work_id = w.id)), '[]')) as record,
      coalesce((select jsonb_agg(jsonb_build_object('field', f.field, 'value', f.value, 'source', f.source,
            'fileName', u.file_name) order by u.created_at, f.found_at, f.id)
        from finding f left join upload u on u.id = f.upload_id
        where f.work_id = w.id and f.origin = 'file' and (u.id is null or u.state = 'accepted')), '[]') as claims,
      ${facts(now)} as facts,
      coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.file_name,
            'bytes', coalesce(u.bytes, u.declared_bytes), 'mediaType', u.media_type, 'state', u.state,
            'reasons', coalesce(u.inspection -> 'reasons', '[]')) order by u.created_at, u.id)
        from upload u where u.work_id = w.id and u.state in ('received', 'accepted', 'refused')), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('disc', t.disc, 'position', t.position, 'title', t.title,
            'durationMs', t.duration_ms, 'previewId', t.preview_id,
            'fileTitle', (select f.value #>> '{}' from finding f join asset a on a.upload_id = f.upload_id
              where a.id = t.asset_id and f.field = 'trackTitle' and f.origin = 'file' and f.value #>> '{}' <> t.title
              limit 1)) order by t.disc, t.position)
        from recording t where t.work_id = w.id), '[]') as tracks,
      exists (select from asset a where a.work_id = w.id and a.role in ('sample_page', 'sample_epub')
        and a.replaced_at is null) as "hasSample",
      coalesce((select jsonb_agg(jsonb_build_object('name', sm.name, 'parts', h.parts,
            'accepted', h.accepted_at is not null) order by h.position)
        from share h join member sm on sm.id = h.member_id where h.share_list_id = shares.id), '[]') as shares,
      coalesce((select jsonb_agg(jsonb_build_object('decision', o.decision, 'decidedAt', o.decided_at,
            'reasonCode', o.reason_code, 'reason', o.reason) order by o.decided_at desc)
        from submission o where o.work_id = w.id and o.id <> s.id and o.decision is not null), '[]') as former
    from submission s
    join work w on w.id = s.work_id
    join coop c on c.id = w.coop_id
    join member m on m.id = s.member_id
    join person p on p.id = m.person_id
    ${sharesInForce(now)}
    where s.id = ${submissionId} and ${seenBy(personId)}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { record, claims, facts: counted, ...review } = row;
  return {
    ...review,
    // Times inside jsonb come as text.
    work: { ...review.work, publishedAt: review.work.publishedAt && new Date(review.work.publishedAt) },
    former: review.former.map((each) => ({ ...each, decidedAt: new Date(each.decidedAt) })),
    comparison: compare(record, claims),
    checks: checksOf(counted),
  };
}
