import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTransactions } from "./keep-transactions.server.ts";
import { matchEntries } from "./match-entries.server.ts";

/** Read again at each reading, for what Stripe may list late. */
const overlapMs = 3 * 3_600_000;
/** At most so long a stretch at once: a reading that is cut goes on from there. */
const stretchMs = 7 * 86_400_000;

export type Reading = { readFrom: Date; seen: number; explained: number };

/**
 * Reads Stripe's list of what moved on the balance since the last reading, a page at a time, and looks for the entry of each. It begins
 * where the books begin: when the co-op that owns the account was founded here, or at the first sale. May be run twice, or cut
 * anywhere. null where no co-op owns the account.
 */
export async function readTransactions(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
): Promise<Reading | null> {
  // Stripe counts whole seconds: what moves in this one is read too.
  const end = Math.floor(house.clock.now().getTime() / 1000 + 1) * 1000;
  const { readFrom, until } = await whereWeAre(db);
  if (readFrom === null) return null;
  const found = { seen: 0, explained: 0 };
  for (let from = until ? until.getTime() - overlapMs : readFrom.getTime(); from < end; ) {
    const to = Math.min(from + stretchMs, end);
    const stretch = { createdFrom: new Date(from), createdBefore: new Date(to) };
    for await (const page of house.stripe.pagesOfBalanceTransactions(stretch)) {
      found.seen += await keepTransactions(db, house, page, { readFrom });
    }
    found.explained += await matchEntries(db, house);
    await sql`update stripe_reading set read_until = greatest(read_until, ${new Date(to)})`.execute(db);
    from = to;
  }
  return { readFrom, ...found };
}

/** Where the books begin, and how far Stripe's list was read. */
export async function whereWeAre(db: Database): Promise<{ readFrom: Date | null; until: Date | null }> {
  await sql`insert into stripe_reading (read_from)
    select date_trunc('second', least(coop.created_at, (select min(opened_at) from sale))) from coop where money = 'platform'
    on conflict (one) do nothing`.execute(db);
  const reading = await db
    .selectFrom("stripe_reading")
    .select(["read_from", "read_until"])
    .executeTakeFirst();
  return { readFrom: reading?.read_from ?? null, until: reading?.read_until ?? null };
}
