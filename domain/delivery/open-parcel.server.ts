import { Readable } from "node:stream";
import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { disposition } from "#gateways/storage-file-name.ts";
import { byline } from "../catalogue/byline.ts";
import type { House } from "../house.ts";
import { fileName, folderName, zipName } from "./file-name.ts";
import { trackRecords } from "./format-queries.server.ts";
import type { Choice } from "./formats.ts";
import { delivered, type ParcelWork, progressOf } from "./parcel.ts";
import { findParcel, type Scope } from "./parcel-queries.server.ts";
import { askFor } from "./prepare-parcel.server.ts";
import { storedZip, type ZipEntry } from "./stored-zip.server.ts";
import type { TrackRecord } from "./tags.ts";

/** `disposition`: the header that names it, in any language. */
export type OpenParcel = { disposition: string; bytes: number; open: () => Readable };
type Packed = { name: string; assetId: string; rightId: string | null; bytes: number };
/** The booklet of an album, written from its record: the name of the file, and what stands in it. */
export type Booklet = { name: string; write: (records: readonly TrackRecord[]) => string };

/**
 * Everything of a scope in one zip, straight from the bucket: albums in the chosen format, each in a folder with its cover and booklet, books as
 * they were uploaded. « not_ready » where a track is not made yet: it is asked for. Null where there is nothing for them. What is in
 * it is written down as downloaded, unless one is only `looking`. The name is that of the work, or `allName` for several.
 */
export async function openParcel(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
  input: { scope: Scope; choice: Choice; allName: string; booklet: Booklet; looking?: boolean },
): Promise<OpenParcel | "not_ready" | null> {
  const found = await inTransaction(db, async (trx) => {
    const works = await findParcel(trx, input.scope);
    if (works.every(({ tracks, files }) => tracks.length + files.length === 0)) return null;
    const { tracks, made } = progressOf(works, input.choice);
    if (made < tracks) {
      await askFor(trx, house, works, input.choice);
      return "not_ready" as const;
    }
    const packed = works.flatMap((work) => pack(work, input.choice));
    const covers = await coversOf(trx, works);
    const keys = await keysOf(trx, packed);
    const albums = works.filter(({ tracks }) => tracks.length > 0);
    const records = await trackRecords(
      trx,
      albums.map(({ work }) => work.id),
    );
    if (!input.looking) {
      const taken = packed.flatMap(({ rightId, assetId }) =>
        rightId ? [{ id: v7(), download_right_id: rightId, asset_id: assetId, at: house.clock.now() }] : [],
      );
      await trx.insertInto("download").values(taken).execute();
    }
    const booklets = albums.map((album) => ({
      name: `${named(album)}/${input.booklet.name}`,
      text: Buffer.from(input.booklet.write(records.get(album.work.id) ?? []), "utf8"),
    }));
    return { works, files: [...packed, ...covers.files], booklets, keys: new Map([...keys, ...covers.keys]) };
  });
  if (found === null || found === "not_ready") return found;
  const { works, files, booklets, keys } = found;
  const zip = storedZip(
    distinct([
      ...files.map(({ name, bytes, assetId }) => ({
        name,
        bytes,
        read: () => house.storage.read(keys.get(assetId) ?? ""),
      })),
      ...booklets.map(({ name, text }) => ({
        name,
        bytes: text.length,
        read: () => Promise.resolve(Readable.from([text])),
      })),
    ]),
    house.clock.now(),
  );
  const [first] = works;
  const name = zipName(works.length === 1 && first ? named(first) : input.allName);
  return { ...zip, disposition: disposition("attachment", name) };
}

const named = ({ work }: ParcelWork): string =>
  folderName({ title: work.title, by: byline(work.kind, work.credits).map(({ name }) => name) });

function pack(parcel: ParcelWork, choice: Choice): Packed[] {
  const { work, tracks, files, rightId } = parcel;
  const folder = tracks.length > 0 ? `${named(parcel)}/` : "";
  const by = byline(work.kind, work.credits).map(({ name }) => name);
  const sounds = tracks.flatMap((track) => {
    const { ready } = delivered(track, choice);
    return ready ? [{ ...ready, track }] : [];
  });
  return [...sounds, ...files.map((file) => ({ ...file, track: null }))].map(
    ({ assetId, mediaType, bytes, track }) => ({
      name: folder + fileName({ title: work.title, by, mediaType, track }),
      assetId,
      rightId,
      bytes,
    }),
  );
}

async function keysOf(db: Database, packed: readonly Packed[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("asset")
    .select(["id", "storage_key as key"])
    .where(
      "id",
      "in",
      packed.map(({ assetId }) => assetId),
    )
    .execute();
  return new Map(rows.map(({ id, key }) => [id, key]));
}

/** The cover lies beside the tracks of an album; it is no download of its own. */
async function coversOf(
  db: Database,
  works: readonly ParcelWork[],
): Promise<{ files: Packed[]; keys: Map<string, string> }> {
  const albums = works.filter(({ tracks }) => tracks.length > 0);
  const { rows } = await sql<{ workId: string; assetId: string; key: string; bytes: number }>`
    select w.id as "workId", c.id as "assetId", c.storage_key as key, c.bytes
    from work w join asset c on c.id = w.cover_id and c.media_type = 'image/jpeg'
    where w.id = any(${albums.map(({ work }) => work.id)}::uuid[])`.execute(db);
  const files = albums.flatMap((album) => {
    const cover = rows.find(({ workId }) => workId === album.work.id);
    return cover
      ? [{ name: `${named(album)}/cover.jpg`, assetId: cover.assetId, rightId: null, bytes: cover.bytes }]
      : [];
  });
  return { files, keys: new Map(rows.map(({ assetId, key }) => [assetId, key])) };
}

/** Two files of one name, whatever the case, would overwrite each other: the second is told apart. */
function distinct(files: readonly ZipEntry[]): ZipEntry[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [, stem = "", extension = ""] = /^(.*?)(\.[a-z0-9]+)?$/s.exec(file.name) ?? [];
    let name = file.name;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem} (${count})${extension}`;
    taken.add(name.toLowerCase());
    return { ...file, name };
  });
}
