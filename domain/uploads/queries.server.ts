import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Reason, Verdict } from "./reasons.ts";

export type UploadState = "open" | "received" | "accepted" | "refused" | "expired" | "removed";

/** An upload as the studio shows it. */
export type UploadCard = {
  id: string;
  workId: string;
  fileName: string;
  bytes: number;
  lastModified: number | null;
  /** `open`: being sent; `received`: being read; `accepted`, with or without warnings; `refused` with its reasons. */
  state: UploadState;
  stateAt: Date;
  mediaType: string | null;
  verdict: Verdict | null;
  /** Of the file, then of what could not be made from it. */
  reasons: Reason[];
  /** Names of the fields that the file filled in. */
  found: string[];
  /** Covers, previews and samples that were made from it so far. */
  made: { role: string; count: number }[];
};

const card = sql<UploadCard>`jsonb_build_object('id', u.id, 'workId', u.work_id, 'fileName', u.file_name,
  'bytes', coalesce(u.bytes, u.declared_bytes), 'lastModified', u.last_modified, 'state', u.state, 'stateAt', u.state_at,
  'mediaType', u.media_type, 'verdict', u.inspection ->> 'verdict',
  'reasons', coalesce(u.inspection -> 'reasons', case when u.reason is null then '[]' else jsonb_build_array(jsonb_build_object('code', u.reason)) end)
    || coalesce((select jsonb_agg(jsonb_build_object('code', missing)) from jsonb_array_elements_text(u.inspection -> 'notMade') missing), '[]'),
  'found', coalesce((select jsonb_agg(distinct f.field) from finding f where f.upload_id = u.id), '[]'),
  'made', coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'count', m.count)) from (
    select a.role, count(*) from asset a where a.upload_id = u.id and a.role <> 'original' and a.replaced_at is null group by a.role) m), '[]'))`;

const revive = (found: UploadCard): UploadCard => ({ ...found, stateAt: new Date(found.stateAt) });

/** The uploads of a work, in the order in which they were dropped, without those removed; [] for another's work. */
export async function listUploads(
  db: Database,
  input: { personId: string; workId: string },
): Promise<UploadCard[]> {
  const { rows } = await sql<{ card: UploadCard }>`
    select ${card} as card from upload u join member m on m.id = u.member_id
    where u.work_id = ${input.workId} and m.person_id = ${input.personId} and u.state <> 'removed'
    order by u.created_at, u.id`.execute(db);
  return rows.map((row) => revive(row.card));
}

/** One upload of this person's; null where there is none. */
export async function findUpload(
  db: Database,
  input: { personId: string; uploadId: string },
): Promise<UploadCard | null> {
  const { rows } = await sql<{ card: UploadCard }>`
    select ${card} as card from upload u join member m on m.id = u.member_id
    where u.id = ${input.uploadId} and m.person_id = ${input.personId}`.execute(db);
  return rows[0] ? revive(rows[0].card) : null;
}

export type UploadToRead = {
  id: string;
  workId: string;
  workKind: "book" | "album";
  fileName: string;
  storageKey: string;
  bytes: number;
  state: UploadState;
  mediaType: string | null;
  kind: string | null;
  /** Where the cover found in the file lies, and its width. */
  cover: { key: string; width: number; height: number } | null;
  durationMs: number | null;
  /** Of the work, as its record says them now. */
  title: string;
  language: string | null;
  people: string[];
};

/** What the jobs need of an upload; undefined where it is gone. */
export async function uploadToRead(db: Database, uploadId: string): Promise<UploadToRead | undefined> {
  const { rows } = await sql<UploadToRead>`
    select u.id, u.work_id as "workId", w.kind as "workKind", u.file_name as "fileName", u.storage_key as "storageKey",
      coalesce(u.bytes, u.declared_bytes) as bytes, u.state, u.media_type as "mediaType", u.inspection ->> 'kind' as kind,
      u.inspection -> 'cover' as cover, (u.inspection -> 'audio' ->> 'durationMs')::int as "durationMs", w.title, w.language,
      coalesce((select array_agg(g.name order by c.position) from contribution c join agent g on g.id = c.agent_id
        where c.work_id = w.id and c.recording_id is null and c.role = 'author'), '{}') as people
    from upload u join work w on w.id = u.work_id where u.id = ${uploadId}`.execute(db);
  return rows[0];
}
