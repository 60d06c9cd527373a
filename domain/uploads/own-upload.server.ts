import type { Database } from "#db/connection.ts";
import { Refusal } from "../refusal.ts";

export type OwnUpload = {
  id: string;
  workId: string;
  memberId: string;
  fileName: string;
  declaredBytes: number;
  storageKey: string;
  multipartId: string | null;
  partBytes: number;
  state: "open" | "received" | "accepted" | "refused" | "expired" | "removed";
};

const columns = [
  "upload.id",
  "upload.work_id as workId",
  "upload.member_id as memberId",
  "upload.file_name as fileName",
  "upload.declared_bytes as declaredBytes",
  "upload.storage_key as storageKey",
  "upload.multipart_id as multipartId",
  "upload.part_bytes as partBytes",
  "upload.state",
] as const;

/** An upload found through its person; another's does not exist (`not_found`). */
export async function ownUpload(
  db: Database,
  input: { personId: string; uploadId: string },
): Promise<OwnUpload> {
  const found = await db
    .selectFrom("upload")
    .innerJoin("member", "member.id", "upload.member_id")
    .select(columns)
    .where("upload.id", "=", input.uploadId)
    .where("member.person_id", "=", input.personId)
    .where("member.left_at", "is", null)
    .executeTakeFirst();
  if (!found) throw new Refusal("not_found");
  return found as OwnUpload;
}

/** For the jobs, which act for nobody: undefined when there is none. */
export async function anyUpload(db: Database, uploadId: string): Promise<OwnUpload | undefined> {
  return (await db.selectFrom("upload").select(columns).where("id", "=", uploadId).executeTakeFirst()) as
    | OwnUpload
    | undefined;
}
