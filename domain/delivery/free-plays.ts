/**
 * How often a browser has heard each track before buying. It is kept by the browser itself, in a signed cookie, and nowhere else: who
 * clears it begins again. A limit that asks, not a lock.
 */
export type Hearing = readonly { track: string; plays: number; minute: number }[];

/** Whoever hears a track again within half an hour, seeks in it or reloads the page, is still at the same play. */
const samePlayMinutes = 30;
/** As many as one cookie holds; the oldest are forgotten, in the listener's favour. */
const mostTracks = 180;
const shape = /^([\w-]{8})([0-9a-z])([0-9a-z]{5})/;

/** A track in eight letters: of a uuid v7, the end is chance. */
export const trackKey = (recordingId: string): string =>
  Buffer.from(recordingId.replaceAll("-", "").slice(-12), "hex").toString("base64url");

/** Reads what `writeHearing` wrote; anything else is nothing heard yet. */
export function readHearing(text: unknown): Hearing {
  if (typeof text !== "string") return [];
  const heard: Hearing[number][] = [];
  for (let at = 0; at < text.length; at += 14) {
    const found = shape.exec(text.slice(at, at + 14));
    if (!found) return [];
    heard.push({
      track: found[1]!,
      plays: Number.parseInt(found[2]!, 36),
      minute: Number.parseInt(found[3]!, 36),
    });
  }
  return heard;
}

export const writeHearing = (hearing: Hearing): string =>
  hearing
    .slice(-mostTracks)
    .map(
      ({ track, plays, minute }) =>
        track + Math.min(plays, 35).toString(36) + minute.toString(36).padStart(5, "0").slice(-5),
    )
    .join("");

/** What is left of `allowed` (null: no limit) for this track, the play that goes on at this moment not among it. */
export function playsLeft(hearing: Hearing, track: string, allowed: number | null): number | null {
  if (allowed === null) return null;
  return Math.max(0, allowed - (hearing.find((each) => each.track === track)?.plays ?? 0));
}

/**
 * One more listening of a track, `at` this time. `granted`: it may be heard; `hearing`: what to keep, null where nothing changed, as
 * when the same play goes on.
 */
export function hear(
  hearing: Hearing,
  track: string,
  { allowed, at }: { allowed: number | null; at: Date },
): { granted: boolean; hearing: Hearing | null } {
  if (allowed === null) return { granted: true, hearing: null };
  const minute = Math.floor(at.getTime() / 60_000);
  const known = hearing.find((each) => each.track === track);
  if (known && minute - known.minute < samePlayMinutes && known.plays <= allowed)
    return { granted: true, hearing: null };
  if ((known?.plays ?? 0) >= allowed) return { granted: false, hearing: null };
  const others = hearing.filter((each) => each.track !== track);
  return { granted: true, hearing: [...others, { track, plays: (known?.plays ?? 0) + 1, minute }] };
}
