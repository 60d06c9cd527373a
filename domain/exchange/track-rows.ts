/** A track of an album as a line of a table under that of its album, and back. Pure. */
import { cleanLine, LONGEST } from "../metadata/clean-text.ts";
import { isrc } from "../metadata/identifiers.ts";
import type { Problem, SentTrack } from "./sent.ts";

/** The cells of such a line, beside `title` and `contributors`, which it shares with the others. */
type TrackCells = {
  release: string;
  disc: string;
  track: string;
  isrc: string;
  duration: string;
  files: string;
};

export const trackCells = (workId: string, track: SentTrack): TrackCells => ({
  release: workId,
  disc: String(track.disc),
  track: String(track.position),
  isrc: track.isrc ?? "",
  duration: track.durationMs === undefined ? "" : durationText(track.durationMs),
  files: track.file ?? "",
});

export const isTrackKind = (kind: string): boolean => /^(?:track|piste|titre|recording)$/i.test(kind.trim());

/**
 * What such a line says; null without a title. A place that is not told is the one after `before`. `wrong`: cells that hold something
 * which is not what they are for.
 */
export function readTrack(
  cells: Omit<TrackCells, "release"> & { title: string },
  credits: SentTrack["credits"],
  before: SentTrack | undefined,
): { track: SentTrack; wrong: Problem[] } | null {
  const title = cleanLine(cells.title, LONGEST.line);
  if (!title) return null;
  const wrong: Problem[] = [];
  const read = <T>(name: string, text: string, of: (text: string) => T | undefined): T | undefined => {
    const value = text.trim() === "" ? undefined : of(text.trim());
    if (value === undefined && text.trim() !== "")
      wrong.push({ code: "value_dropped", detail: `${name}: ${cleanLine(text, 60)}` });
    return value;
  };
  const disc = read("disc", cells.disc, place) ?? before?.disc ?? 1;
  const next = before?.disc === disc ? before.position + 1 : 1;
  const code = read("isrc", cells.isrc, isrc);
  const durationMs = read("duration", cells.duration, milliseconds);
  const track = {
    ...{ disc, position: read("track", cells.track, place) ?? next, title },
    ...(code !== undefined && { isrc: code }),
    ...(durationMs !== undefined && { durationMs }),
    credits,
    ...(cells.files && { file: cells.files.slice(0, 255) }),
  };
  return { track, wrong };
}

/** « 3 », and « 3/12 » as tags have it. */
function place(text: string): number | undefined {
  const found = /^0*([1-9]\d{0,2})(?:\s*\/\s*\d+)?$/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** « 3:05 », « 1:02:03.5 »; a number alone is seconds. */
function milliseconds(text: string): number | undefined {
  const found = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text);
  if (!found) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0", rest = ""] = found;
  const ms =
    (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000 + Number(rest.padEnd(3, "0"));
  return ms > 0 ? ms : undefined;
}

/** « 3:05 », « 3:05.120 ». */
function durationText(ms: number): string {
  const [seconds, rest] = [Math.floor(ms / 1_000), ms % 1_000];
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  const clock = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return rest === 0 ? clock : `${clock}.${String(rest).padStart(3, "0")}`;
}
