/** How many calls of the API one key, or one visitor without a key, may make in a minute. */
export const mostCalls = { key: 300, visitor: 60 };
const windowMs = 60_000;
const mostKnown = 20_000;

const counts = new Map<string, { since: number; times: number }>();

/**
 * Counts one more call of who asks; the seconds to wait where it is one too many, else null. Each web process counts for itself and
 * forgets when it ends: a brake, not a wall.
 */
export function paceCall(who: { kind: keyof typeof mostCalls; id: string }, now: Date): number | null {
  const at = now.getTime();
  const name = `${who.kind} ${who.id}`;
  const known = counts.get(name);
  if (known && at - known.since < windowMs) {
    known.times += 1;
    return known.times > mostCalls[who.kind] ? Math.ceil((known.since + windowMs - at) / 1000) : null;
  }
  // Set anew, so that the map stays in the order of the last begun window.
  counts.delete(name);
  counts.set(name, { since: at, times: 1 });
  for (const [oldest, { since }] of counts) {
    if (counts.size <= mostKnown && at - since < windowMs) break;
    counts.delete(oldest);
  }
  return null;
}
