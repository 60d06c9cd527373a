import type { Track as ShownTrack } from "#app/components/player/tunes.ts";
import type { Track } from "#domain/catalogue/queries.server.ts";
import { soundBars } from "#domain/catalogue/sound-bars.ts";
import type { Hearing } from "#domain/delivery/hearing-queries.server.ts";

/** The tracks of a page, each with what its visitor may hear of it: the stream where one is made, else the excerpt. */
export function heardTracks(tracks: readonly Track[], hearing: Hearing | null): ShownTrack[] {
  const streams = new Map(hearing?.tracks.map((track) => [track.id, track]));
  return tracks.map(({ id, disc, position, title, durationMs, preview }) => {
    const stream = streams.get(id);
    const streamed = stream !== undefined && stream.sources.length > 0;
    const silent = hearing?.policy === "none" && !hearing.held;
    const heard = streamed
      ? {
          durationMs: stream.heardSeconds === null ? durationMs : stream.heardSeconds * 1000,
          bars: stream.bars,
        }
      : preview && !silent
        ? { durationMs: preview.durationMs, bars: soundBars(preview.peaks) }
        : null;
    return { id, disc, position, title, durationMs, heard };
  });
}
