import type { WorkCard } from "../catalogue/card.server.ts";
import { type Choice, formatOf, type SourceSound } from "./formats.ts";

/** A file that can be fetched now. */
export type Ready = { assetId: string; mediaType: string; bytes: number };

/** One format of one track; `ready` while it is made. */
export type TrackFormat = {
  state: "made" | "preparing" | "failed";
  reason: "no_ffmpeg" | "not_made" | null;
  ready: Ready | null;
};

export type ParcelTrack = SourceSound & {
  sourceId: string;
  title: string;
  disc: number;
  discs: number;
  position: number;
  durationMs: number | null;
  original: Ready;
  /** Those that carry the record of today, are being made, or could not be. */
  formats: Partial<Record<Choice, TrackFormat>>;
};

/** One work to take home: the tracks of an album, and the files that are delivered as they were received. */
export type ParcelWork = {
  rightId: string;
  /** As it was sold. */
  title: string;
  work: WorkCard;
  tracks: ParcelTrack[];
  files: (Ready & { format: "epub" | "pdf" | "music" })[];
};

/** What this track comes in, and whether it can be fetched: `absent` where nobody has asked for it yet. */
export function delivered(
  track: ParcelTrack,
  choice: Choice,
): {
  format: Choice;
  state: TrackFormat["state"] | "absent";
  reason: TrackFormat["reason"];
  ready: Ready | null;
} {
  const format = formatOf(track, choice);
  if (format === "original") return { format, state: "made", reason: null, ready: track.original };
  const known = track.formats[format];
  return {
    format,
    state: known?.state ?? "absent",
    reason: known?.reason ?? null,
    ready: known?.ready ?? null,
  };
}

/** How far a parcel is, in tracks. */
export type Progress = {
  tracks: number;
  made: number;
  preparing: number;
  failed: number;
  absent: number;
  bytes: number;
};

/** `bytes`: of everything that can be fetched now. */
export function progressOf(works: readonly ParcelWork[], choice: Choice): Progress {
  const progress: Progress = { tracks: 0, made: 0, preparing: 0, failed: 0, absent: 0, bytes: 0 };
  for (const { tracks, files } of works) {
    for (const file of files) progress.bytes += file.bytes;
    for (const track of tracks) {
      const { state, ready } = delivered(track, choice);
      progress.tracks += 1;
      progress[state] += 1;
      progress.bytes += ready?.bytes ?? 0;
    }
  }
  return progress;
}
