import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { accepts } from "../uploads/limits.ts";
import { REASONS, type Reason } from "../uploads/reasons.ts";
import { claim, claimsOf } from "./claims.server.ts";
import { fillRecord } from "./fill-record.server.ts";
import type { Inspection } from "./inspection.ts";
import { keepFile } from "./keep-file.server.ts";
import { placeTracksOf } from "./place-tracks.server.ts";

export type Recorded = { state: "accepted" | "refused" | "unchanged" };

/**
 * Writes down what was read in an uploaded file. Refused: the upload says why, and that is all. Accepted: its claims, its
 * place in the work (file of a format, or track), the record filled in where nobody has said otherwise, and the job that
 * makes covers, previews and samples, all in one transaction. `coverKey`: where the cover found in it was written.
 * Run again on an upload that has its answer, it changes nothing.
 */
export function recordFindings(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { uploadId: string; inspection: Inspection; sha256: string; coverKey: string | null },
): Promise<Recorded> {
  return inTransaction(db, async (trx) => {
    const upload = await lockUpload(trx, input.uploadId);
    if (upload?.state !== "received") return { state: "unchanged" };
    const { inspection } = input;
    const refused =
      inspection.verdict === "refused" ? inspection.reasons : await refusalFor(trx, upload, input);
    const { findings, contents: _contents, cover, ...facts } = inspection;
    await trx
      .updateTable("upload")
      .set({
        state: refused ? "refused" : "accepted",
        state_at: house.clock.now(),
        reason: refused?.find(({ code }) => REASONS[code] === "refused")?.code ?? null,
        sha256: input.sha256,
        media_type: inspection.mediaType,
        inspection: JSON.stringify({
          ...facts,
          ...(refused ? { verdict: "refused", reasons: refused } : {}),
          ...(cover && input.coverKey
            ? { cover: { key: input.coverKey, width: cover.width, height: cover.height } }
            : {}),
        }),
      })
      .where("id", "=", upload.id)
      .execute();
    if (refused) return { state: "refused" };
    const { id: uploadId, workId, storageKey, bytes, workKind } = upload;
    const former = await claimsOf(trx, workId);
    await keepFile(trx, house, { uploadId, workId, storageKey, bytes, sha256: input.sha256, inspection });
    await claim(
      trx,
      house,
      { workId, uploadId, origin: "file" },
      workKind === "album" ? ofAlbum(findings) : findings,
    );
    if (workKind === "album") await placeTracksOf(trx, workId);
    await fillRecord(trx, house, workId, former);
    await enqueue(trx, house, "make-derivatives", { uploadId });
    return { state: "accepted" };
  });
}

/** The work first, always: files of one album are read side by side and must not wait for each other in a circle. */
async function lockUpload(trx: Transaction<DB>, uploadId: string) {
  const work = await trx
    .selectFrom("work")
    .select(["id", "kind"])
    .where("id", "=", trx.selectFrom("upload").select("work_id").where("id", "=", uploadId))
    .forNoKeyUpdate()
    .executeTakeFirst();
  const upload = await trx
    .selectFrom("upload")
    .select([
      "id",
      "work_id as workId",
      "storage_key as storageKey",
      "state",
      "bytes",
      "declared_bytes as declared",
    ])
    .where("id", "=", uploadId)
    .forUpdate()
    .executeTakeFirst();
  if (!work || !upload) return undefined;
  return { ...upload, bytes: upload.bytes ?? upload.declared, workKind: work.kind as "book" | "album" };
}

/** What only the house can know: a sound among books, or a file that the work has already. */
async function refusalFor(
  trx: Transaction<DB>,
  upload: { workId: string; workKind: "book" | "album" },
  { inspection, sha256 }: { inspection: Inspection; sha256: string },
): Promise<Reason[] | undefined> {
  const { kind } = inspection;
  if (kind === "unknown" || !accepts(upload.workKind, kind))
    return [{ code: "wrong_type", detail: inspection.mediaType }];
  const same = await trx
    .selectFrom("asset")
    .select("id")
    .where("work_id", "=", upload.workId)
    .where("role", "=", "original")
    .where("sha256", "=", sha256)
    .where("replaced_at", "is", null)
    .executeTakeFirst();
  return same ? [{ code: "duplicate" }] : undefined;
}

/** A track speaks of its album by other names than a book of itself: the record has one title and one list of subjects. */
function ofAlbum(findings: Inspection["findings"]): { field: string; value: unknown; source: string }[] {
  const names: Record<string, string> = { albumTitle: "title", genre: "subjects" };
  // Lyrics and track titles stand on the recording; of the album they say nothing.
  const others = findings.filter(({ field }) => field !== "title" && field !== "lyrics");
  return others.map((finding) => ({ ...finding, field: names[finding.field] ?? finding.field }));
}
