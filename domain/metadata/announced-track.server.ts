import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";

/** As a message or a table told it before its sound came (`domain/exchange`). `file`: the name of its file, where the table gave one. */
type Announced = {
  disc: number;
  position: number;
  title: string;
  isrc?: string;
  credits: { name: string; role: string }[];
  file?: string;
};
type Found = {
  disc: number;
  position: number | undefined;
  title: string | undefined;
  isrc: string | undefined;
};

/**
 * The announced track whose sound this upload is, and which has none yet: by the name of its file, its ISRC, its place, its title, the
 * surest first; null where none is.
 */
export async function announcedTrack(
  trx: Transaction<DB>,
  { workId, uploadId, found }: { workId: string; uploadId: string; found: Found },
): Promise<Announced | null> {
  const { rows } = await sql<{
    tracks: Announced[];
    name: string | null;
    come: Pick<Announced, "disc" | "position">[];
  }>`
    select f.value as tracks, (select file_name from upload where id = ${uploadId}) as name,
      coalesce((select jsonb_agg(jsonb_build_object('disc', r.disc, 'position', r.position)) from recording r
        where r.work_id = f.work_id), '[]') as come
    from finding f where f.work_id = ${workId} and f.field = 'tracks'
    order by array_position(array['curator', 'artist', 'file'], f.origin), f.found_at desc limit 1`.execute(
    trx,
  );
  const [row] = rows;
  if (!row || !Array.isArray(row.tracks)) return null;
  const waiting = row.tracks.filter(
    ({ disc, position }) => !row.come.some((each) => each.disc === disc && each.position === position),
  );
  const plain = (text: string) => text.normalize("NFC").trim().toLowerCase();
  const bare = (path: string) => path.split(/[/\\]/).at(-1) ?? path;
  const by = [
    ({ file }: Announced) => file !== undefined && plain(bare(file)) === plain(row.name ?? ""),
    ({ isrc }: Announced) => isrc !== undefined && isrc === found.isrc,
    ({ disc, position }: Announced) => disc === found.disc && position === found.position,
    ({ title }: Announced) => plain(title) === plain(found.title ?? ""),
  ];
  for (const isSame of by) {
    const track = waiting.find(isSame);
    if (track) return track;
  }
  return null;
}
