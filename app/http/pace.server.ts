import type { AppLoadContext } from "@remix-run/node";
import { Refusal } from "#domain/refusal.ts";

/** How often one visitor may do what costs us, or somebody else's mailbox, something; a school behind one address fits. */
const most = { signIn: 30, order: 30, download: 600, passkey: 60, export: 6, report: 6 };
const windowMs = 10 * 60_000;
const mostVisitors = 20_000;

type Pacing = { visitor: AppLoadContext["visitor"]; house: Pick<AppLoadContext["house"], "clock"> };
type Count = { since: number; times: number };
const counts = new Map<string, Count>();

/**
 * Counts one more sign-in link, order, download, call about a passkey, export or report of this visitor (a network address, or a person's id
 * where an account is what counts). Refuses `too_many_requests` above 30, 30, 600, 60, 6 and 6 in ten minutes.
 * Each web process counts for itself and forgets when it ends: a brake, not a wall. The limit of links for one address is elsewhere.
 */
export function pace({ visitor, house }: Pacing, what: keyof typeof most): void {
  if (visitor === null) return;
  const now = house.clock.now().getTime();
  const key = `${what} ${visitor}`;
  const known = counts.get(key);
  const count = known && now - known.since < windowMs ? known : { since: now, times: 0 };
  count.times += 1;
  // Set anew, so that the map stays in the order of the last begun window.
  if (count !== known) {
    counts.delete(key);
    counts.set(key, count);
    forget(now);
  }
  if (count.times > most[what]) throw new Refusal("too_many_requests");
}

/** Those whose ten minutes are over; the oldest too, where a flood of addresses would fill the memory. */
function forget(now: number): void {
  for (const [key, { since }] of counts) {
    if (counts.size <= mostVisitors && now - since < windowMs) break;
    counts.delete(key);
  }
}
