import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { heldBy } from "./shelf-queries.server.ts";

/** A person or group as players need them: by id, which no change of name moves. */
export type MusicCredit = {
  id: string;
  slug: string;
  name: string;
  sortName: string | null;
  role: string;
  starredAt: string | null;
};

/** What its listener said of something, and how often they heard it. */
type Heard = { starredAt: string | null; rating: number | null; plays: number; playedAt: string | null };

/** An album that is held, with the tracks that can be heard counted. Plays are those of its tracks. */
export type HeldAlbum = Heard & {
  id: string;
  title: string;
  sortTitle: string | null;
  credits: MusicCredit[];
  coop: { id: string; name: string };
  publisher: string | null;
  publishedOn: string | null;
  subjects: { label: string }[];
  hasCover: boolean;
  heldSince: string;
  songs: number;
  durationMs: number;
};

/** One track of it; `rightId` and `assetId` are what a download is opened by. */
export type HeldSong = Heard & {
  id: string;
  albumId: string;
  rightId: string;
  assetId: string;
  disc: number;
  position: number;
  title: string;
  isrc: string | null;
  durationMs: number | null;
  mediaType: string;
  bytes: number;
  sound: {
    bitrate?: number | null;
    sampleRate?: number | null;
    bitDepth?: number;
    channels?: number | null;
  };
  credits: MusicCredit[];
  lyrics: string | null;
};

/** Which tracks; what is left out does not restrict. `words` must all be found in title, album or names. */
export type SongsAsked = {
  albumId?: string;
  ids?: string[];
  /** Of whom: named with the track or its work, or its co-operative. */
  agentId?: string;
  words?: string[];
  genre?: string;
  starred?: true;
  playlistId?: string;
  fromYear?: number;
  toYear?: number;
  random?: true;
  /** Lyrics are long: they come when asked for. */
  lyrics?: true;
  limit?: number;
  offset?: number;
};

const heardOf = (alias: RawBuilder<unknown>): RawBuilder<unknown> => sql`jsonb_build_object(
  'starredAt', ${alias}.starred_at, 'rating', ${alias}.rating)`;

/** Those of the work itself, or of one track of it. */
const creditsWhere = (personId: string, place: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name, 'sortName', g.sort_name, 'role', c.role,
    'starredAt', h.starred_at) order by c.position, g.name)
  from contribution c join agent g on g.id = c.agent_id
  left join listening h on h.person_id = ${personId} and h.item_id = g.id
  where ${place}), '[]')`;

/**
 * The music of a person, in one query: tracks in a steady order (album, disc, place), and albums, all or just those of the tracks. Only
 * what is held by a right that has not ended, whatever became of it in the shop; nothing of anybody else.
 */
export async function readMusic(
  db: Database,
  personId: string,
  asked: { albums: "all" | "of songs"; songs: SongsAsked | null },
): Promise<{ albums: HeldAlbum[]; songs: HeldSong[] }> {
  const songs = asked.songs ?? {};
  const order = songs.random
    ? sql`random()`
    : songs.playlistId
      ? sql`t.listed, t.id`
      : sql`plain(w.title), w.id, t.disc, t.position, t.id`;
  const { rows } = await sql<{ albums: HeldAlbum[]; songs: HeldSong[] }>`
    with mine as (${heldBy(personId)}),
    track as (
      select r.*, m.right_id, m.granted_at, a.media_type, a.bytes, a.facts,
        h.starred_at, h.rating, coalesce(h.plays, 0) as plays, h.played_at
      from mine m join recording r on r.work_id = m.work_id
      join asset a on a.id = r.asset_id and a.role = 'original' and a.replaced_at is null
      left join listening h on h.person_id = ${personId} and h.item_id = r.id),
    wanted as (
      select t.*, row_number() over (order by ${order}) as place
      from ${songs.playlistId ? tracksOfList(personId, songs.playlistId) : sql`track`} t
      join work w on w.id = t.work_id
      where ${asked.songs === null ? sql`false` : songsWhere(songs)}
      order by place limit ${songs.limit ?? 100_000} offset ${songs.offset ?? 0}),
    album as (
      select work_id, min(granted_at) as granted_at, count(*) as songs, coalesce(sum(duration_ms), 0) as duration_ms,
        sum(plays) as plays, max(played_at) as played_at
      from track ${asked.albums === "all" ? sql`` : sql`where work_id in (select work_id from wanted)`} group by work_id)
    select
      coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'title', w.title, 'sortTitle', w.sort_title,
          'credits', ${creditsWhere(personId, sql`c.work_id = w.id and c.recording_id is null`)},
          'coop', (select jsonb_build_object('id', o.id, 'name', o.name) from coop o where o.id = w.coop_id),
          'publisher', w.publisher, 'publishedOn', w.published_on, 'subjects', w.subjects, 'hasCover', w.cover_id is not null,
          'heldSince', b.granted_at, 'songs', b.songs, 'durationMs', b.duration_ms, 'plays', b.plays, 'playedAt', b.played_at)
          || ${heardOf(sql`h`)} order by plain(w.title), w.id)
        from album b join work w on w.id = b.work_id
        left join listening h on h.person_id = ${personId} and h.item_id = w.id), '[]') as albums,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'albumId', t.work_id, 'rightId', t.right_id, 'assetId', t.asset_id,
          'disc', t.disc, 'position', t.position, 'title', t.title, 'isrc', t.isrc, 'durationMs', t.duration_ms,
          'mediaType', t.media_type, 'bytes', t.bytes,
          'sound', jsonb_build_object('bitrate', t.facts -> 'bitrate', 'sampleRate', t.facts -> 'sampleRate',
            'bitDepth', t.facts -> 'bitDepth', 'channels', t.facts -> 'channels'),
          'credits', ${creditsWhere(personId, sql`c.recording_id = t.id`)}, 'lyrics', ${songs.lyrics ? sql`t.lyrics` : sql`null`},
          'plays', t.plays, 'playedAt', t.played_at) || ${heardOf(sql`t`)} order by t.place)
        from wanted t), '[]') as songs`.execute(db);
  return rows[0]!;
}

const tracksOfList = (personId: string, playlistId: string): RawBuilder<unknown> => sql`(
  select track.*, x.position as listed
  from playlist p join playlist_track x on x.playlist_id = p.id join track on track.id = x.recording_id
  where p.id = ${playlistId} and p.person_id = ${personId})`;

/** For a track `t` of a work `w`. */
function songsWhere(asked: SongsAsked): RawBuilder<boolean> {
  const all: RawBuilder<unknown>[] = [
    ...(asked.albumId ? [sql`t.work_id = ${asked.albumId}`] : []),
    ...(asked.ids ? [sql`t.id = any(${asked.ids}::uuid[])`] : []),
    ...(asked.agentId
      ? [
          sql`(w.coop_id = ${asked.agentId} or exists (select from contribution c
            where c.agent_id = ${asked.agentId} and c.work_id = w.id and (c.recording_id is null or c.recording_id = t.id)))`,
        ]
      : []),
    ...(asked.starred ? [sql`t.starred_at is not null`] : []),
    ...(asked.genre
      ? [sql`exists (select from jsonb_array_elements(w.subjects) s where s ->> 'label' = ${asked.genre})`]
      : []),
    ...(asked.fromYear !== undefined ? [sql`left(w.published_on, 4)::int >= ${asked.fromYear}`] : []),
    ...(asked.toYear !== undefined ? [sql`left(w.published_on, 4)::int <= ${asked.toYear}`] : []),
    // Words of a person mean themselves: their per cent signs and underscores too.
    ...(asked.words ?? []).map(
      (word) => sql`${plainTextOf} like plain(${`%${word.replace(/[\\%_]/g, "\\$&")}%`})`,
    ),
  ];
  return all.length === 0 ? sql`true` : sql`(${sql.join(all, sql` and `)})`;
}

const plainTextOf: RawBuilder<string> = sql`plain(t.title || ' ' || w.title || ' ' || coalesce((
  select string_agg(g.name, ' ') from contribution c join agent g on g.id = c.agent_id
  where c.work_id = w.id and (c.recording_id is null or c.recording_id = t.id)), ''))`;
