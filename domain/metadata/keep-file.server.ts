import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { nameContributors } from "../catalogue/name-contributors.server.ts";
import type { House } from "../house.ts";
import { announcedTrack } from "./announced-track.server.ts";
import { withNumbers } from "./authorities.ts";
import type { Inspection } from "./inspection.ts";
import type { FieldName, FieldValue } from "./record.ts";

export type AcceptedFile = {
  uploadId: string;
  workId: string;
  storageKey: string;
  bytes: number;
  sha256: string;
  inspection: Inspection;
};

/**
 * An accepted file takes its place: a book's becomes the file of its format, in place of the one before (which stays for
 * those who bought it); a sound becomes a track. A picture has no place of its own: its covers are made from it.
 */
export async function keepFile(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  file: AcceptedFile,
): Promise<void> {
  const { kind } = file.inspection;
  if (kind === "image" || kind === "unknown") return;
  const format = kind === "audio" ? "music" : kind;
  const editionId = await editionOf(trx, house, file.workId, format);
  if (format !== "music") await replaceFormer(trx, house, editionId);
  const assetId = v7();
  await trx
    .insertInto("asset")
    .values({
      id: assetId,
      work_id: file.workId,
      edition_id: editionId,
      upload_id: file.uploadId,
      role: "original",
      storage_key: file.storageKey,
      media_type: file.inspection.mediaType,
      bytes: file.bytes,
      sha256: file.sha256,
      facts: JSON.stringify(file.inspection.audio ?? {}),
      created_at: house.clock.now(),
    })
    .execute();
  if (format === "music") await addTrack(trx, house, file, assetId);
  else await identifyEdition(trx, editionId, file.inspection);
  if (file.inspection.contents && format !== "music")
    await keepContents(trx, file.workId, format, file.inspection.contents);
}

async function editionOf(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  workId: string,
  format: string,
): Promise<string> {
  const made = await trx
    .insertInto("edition")
    .values({
      id: v7(),
      work_id: workId,
      format,
      position: format === "pdf" ? 2 : 1,
      created_at: clock.now(),
    })
    .onConflict((conflict) =>
      conflict.columns(["work_id", "format"]).where("former_of", "is", null).doUpdateSet({ format }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return made.id;
}

/** What was made from the former file goes with it; what the former file claimed no longer counts. */
async function replaceFormer(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  editionId: string,
): Promise<void> {
  const former = await trx
    .selectFrom("asset")
    .select("upload_id as uploadId")
    .where("edition_id", "=", editionId)
    .where("role", "=", "original")
    .where("replaced_at", "is", null)
    .execute();
  const uploads = former.map(({ uploadId }) => uploadId).filter((id): id is string => id !== null);
  const now = clock.now();
  await trx
    .updateTable("asset")
    .set({ replaced_at: now })
    .where("edition_id", "=", editionId)
    .where("replaced_at", "is", null)
    .execute();
  if (uploads.length === 0) return;
  // Its cover stays until the new file's cover takes its place.
  await trx
    .updateTable("asset")
    .set({ replaced_at: now })
    .where("upload_id", "in", uploads)
    .where("role", "in", ["sample_epub", "sample_page"])
    .where("replaced_at", "is", null)
    .execute();
  await trx.deleteFrom("finding").where("upload_id", "in", uploads).execute();
}

export function foundIn<Name extends FieldName>(
  inspection: Inspection,
  field: Name,
): FieldValue<Name> | undefined {
  return inspection.findings.find((finding) => finding.field === field)?.value as
    | FieldValue<Name>
    | undefined;
}

async function addTrack(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  { workId, uploadId, inspection }: AcceptedFile,
  assetId: string,
): Promise<void> {
  const found = {
    disc: foundIn(inspection, "discNumber") ?? 1,
    position: foundIn(inspection, "trackNumber"),
    title: foundIn(inspection, "trackTitle"),
    isrc: foundIn(inspection, "identifiers")?.find(({ scheme }) => scheme === "isrc")?.value,
  };
  // What a catalogue announced of it counts: it was written to be read, and tags forget.
  const announced = await announcedTrack(trx, { workId, uploadId, found });
  const { disc, position: wanted, title, isrc } = { ...found, ...announced };
  const taken = await trx
    .selectFrom("recording")
    .select("position")
    .where("work_id", "=", workId)
    .where("disc", "=", disc)
    .execute();
  const places = new Set(taken.map(({ position }) => position));
  const position = wanted !== undefined && !places.has(wanted) ? wanted : Math.max(0, ...places) + 1;
  const recordingId = v7();
  await trx
    .insertInto("recording")
    .values({
      id: recordingId,
      work_id: workId,
      asset_id: assetId,
      disc,
      position,
      title: title ?? "",
      isrc: isrc ?? null,
      duration_ms: inspection.audio?.durationMs ?? null,
      lyrics: foundIn(inspection, "lyrics") ?? null,
    })
    .execute();
  const tagged = (foundIn(inspection, "contributors") ?? []).map(withNumbers);
  const contributors = announced && announced.credits.length > 0 ? announced.credits : tagged;
  await nameContributors(trx, house, { workId, recordingId, contributors });
}

/** Only identifiers that name this very file's edition: its ISBN or DOI; a UUID or an address says nothing to a reader. */
async function identifyEdition(
  trx: Transaction<DB>,
  editionId: string,
  inspection: Inspection,
): Promise<void> {
  for (const { scheme, value } of foundIn(inspection, "identifiers") ?? []) {
    if (scheme !== "isbn" && scheme !== "doi") continue;
    const known = await trx
      .selectFrom("identifier")
      .select("id")
      .where("edition_id", "=", editionId)
      .where("scheme", "=", scheme)
      .executeTakeFirst();
    if (!known)
      await trx.insertInto("identifier").values({ id: v7(), edition_id: editionId, scheme, value }).execute();
  }
}

/** An EPUB's table of contents is better than the outline of a PDF, which only fills a gap. */
async function keepContents(
  trx: Transaction<DB>,
  workId: string,
  format: "epub" | "pdf",
  contents: NonNullable<Inspection["contents"]>,
): Promise<void> {
  const lines = JSON.stringify(contents.slice(0, 500).map(({ title, depth }) => ({ title, depth })));
  await trx
    .updateTable("work")
    .set({ contents: lines })
    .where("id", "=", workId)
    .$if(format === "pdf", (query) => query.where(sql<boolean>`contents = '[]'`))
    .execute();
}
