/**
 * The tracks of an album as its record tells them: those whose sound has come, and those that were announced (by a message, a table)
 * and wait for theirs. Pure.
 */
import type { SentTrack } from "./sent.ts";

/** Two lists say of a track the same place, or the same recording whatever its place. */
export const isSameTrack = (one: SentTrack, other: Pick<SentTrack, "disc" | "position" | "isrc">): boolean =>
  one.isrc !== undefined && other.isrc !== undefined
    ? one.isrc === other.isrc
    : one.disc === other.disc && one.position === other.position;

/** What has come counts, and says itself what it is; what was announced fills its gaps, or stands beside it until its sound comes. */
export function tracksOf(come: readonly SentTrack[], announced: readonly SentTrack[]): SentTrack[] {
  const isOf = (track: SentTrack, each: SentTrack) => isSameTrack(track, each) || samePlace(track, each);
  const waiting = announced.filter((track) => !come.some((each) => isOf(track, each)));
  const filled = come.map((each) => {
    const { isrc, durationMs } = announced.find((track) => isOf(track, each)) ?? {};
    return { ...(isrc !== undefined && { isrc }), ...(durationMs !== undefined && { durationMs }), ...each };
  });
  return [...filled, ...waiting].sort((a, b) => a.disc - b.disc || a.position - b.position);
}

const samePlace = (one: SentTrack, other: SentTrack) =>
  one.disc === other.disc && one.position === other.position;

/** Whether two lists say the same. A length is as exact as whoever writes it: some formats count in seconds. */
export function sameTracks(one: readonly SentTrack[], other: readonly SentTrack[]): boolean {
  return JSON.stringify(one.map(plain)) === JSON.stringify(other.map(plain));
}
const plain = ({ disc, position, title, isrc, durationMs, credits }: SentTrack) => [
  ...[disc, position, title, isrc ?? null, durationMs === undefined ? null : Math.round(durationMs / 1_000)],
  credits.map(({ name, role }) => [name, role]),
];
