import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { byline, type Credit } from "../catalogue/byline.ts";
import { creditsOf } from "../catalogue/card.server.ts";
import { andHeld } from "../catalogue/held-edition.server.ts";
import type { House } from "../house.ts";
import { fileName } from "./file-name.ts";
import type { Media } from "./queries.server.ts";

/** How long the bucket serves what a link names; the right itself does not end. */
export const linkSeconds = 300;

type Wanted = {
  rightId: string;
  assetId: string;
  /** Who asks: the person signed in, or the sale whose receipt link they hold. Either suffices. */
  personId: string | null;
  saleId: string | null;
  /** A HEAD only looks whether the file is there: nothing was downloaded, and nothing is written down. */
  looking?: boolean;
};

/**
 * Opens one file of a purchase, as it was uploaded or made from that: the right is found through the person or the sale, the
 * download is written down, and a link of five minutes comes back. Null where there is no such file for them: an ended right,
 * somebody else's, a file of another work. A work withdrawn since is served all the same.
 */
export async function openDownload(
  db: Database,
  house: Pick<House, "clock" | "storage">,
  wanted: Wanted,
): Promise<string | null> {
  const file = await noteDownload(db, house, wanted);
  return file && house.storage.signDownload(file.storageKey, linkTo(file));
}

/**
 * The same file, to be read in the browser: an EPUB comes through us, since the reader may ask nobody else (`media`); a PDF is for the
 * browser's own viewer, by a link (`link`). Null as above, and for what is neither.
 */
export async function openReading(
  db: Database,
  house: Pick<House, "clock" | "storage">,
  wanted: Wanted,
): Promise<{ media: Media } | { link: string } | null> {
  const file = await noteDownload(db, house, wanted);
  if (file?.mediaType === "application/pdf")
    return { link: await house.storage.signInline(file.storageKey, linkTo(file)) };
  if (file?.mediaType !== "application/epub+zip") return null;
  const { storageKey, mediaType, bytes } = file;
  return { media: { storageKey, mediaType, bytes, etag: wanted.assetId, fileName: null, shared: false } };
}

const linkTo = (file: File) => ({
  expiresInSeconds: linkSeconds,
  fileName: fileName({ ...file, by: byline(file.kind, file.credits).map(({ name }) => name) }),
  contentType: file.mediaType,
});

function noteDownload(db: Database, { clock }: Pick<House, "clock">, wanted: Wanted): Promise<File | null> {
  return inTransaction(db, async (trx) => {
    const found = await findFile(trx, wanted);
    if (found && !wanted.looking) {
      await trx
        .insertInto("download")
        .values({ id: v7(), download_right_id: wanted.rightId, asset_id: wanted.assetId, at: clock.now() })
        .execute();
    }
    return found;
  });
}

type File = {
  storageKey: string;
  mediaType: string;
  bytes: number;
  title: string;
  kind: "book" | "album";
  credits: Credit[];
  track: { disc: number; position: number; title: string; discs: number } | null;
};

async function findFile(db: Database, { rightId, assetId, personId, saleId }: Wanted): Promise<File | null> {
  const { rows } = await sql<File>`
    select a.storage_key as "storageKey", a.media_type as "mediaType", a.bytes, w.title, w.kind, ${creditsOf} as credits,
      (select jsonb_build_object('disc', r.disc, 'position', r.position, 'title', r.title,
          'discs', (select max(disc) from recording where work_id = w.id))
        from recording r where r.asset_id = coalesce((select t.source_id from track_format t where t.made_id = a.id), a.id)) as track
    from download_right d
    join sale_line l on l.id = d.sale_line_id
    join work w on w.id = d.work_id
    join asset a on a.work_id = w.id and a.id = ${assetId} and a.role in ('original', 'format') and a.replaced_at is null
    left join edition e on e.id = a.edition_id
    where d.id = ${rightId} and d.ended_at is null
      and (d.person_id = ${personId}::uuid or coalesce(l.gift_id, l.sale_id) = ${saleId}::uuid) ${andHeld}`.execute(
    db,
  );
  return rows[0] ?? null;
}
