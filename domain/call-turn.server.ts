import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export type Endpoint = "transfer" | "reversal" | "refund";

/** Between two calls to one endpoint: 19 a second, where the house allows itself 20 and Stripe 25. */
const gapMs = 52;
/** Whoever comes this late to their turn asks for another: calls kept back by a busy processor would leave together. */
const lateMs = 60;

/**
 * Resolves when it is one's turn to call an endpoint of Stripe's that money passes: turns are given out by the database, so that
 * they follow each other over all workers and machines. By the database's clock and the machine's, never the house's: what is
 * spared is Stripe, now.
 */
export async function takeTurn(db: Database, endpoint: Endpoint): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const asked = performance.now();
    const { rows } = await sql<{ waitMs: number }>`
      insert into call_turn as turn (endpoint, next_at) values (${endpoint}, clock_timestamp() + ${gapMs} * interval '1 ms')
      on conflict (endpoint) do update
        set next_at = greatest(turn.next_at, clock_timestamp()) + ${gapMs} * interval '1 ms'
      returning greatest(0, ceil(extract(epoch from next_at - clock_timestamp()) * 1000 - ${gapMs}))::integer as "waitMs"`.execute(
      db,
    );
    const { waitMs } = rows[0]!;
    await pause(waitMs);
    if (performance.now() - asked - waitMs < lateMs) return;
  }
}
