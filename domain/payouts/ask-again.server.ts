import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

/**
 * A person comes back from Stripe's form: Stripe is asked how their accounts stand, should its event be lost. Not more than twice a
 * minute, however often the page is loaded.
 */
export async function askAgain(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { personId }: { personId: string },
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ stripeAccount: string }>`
      update payout_account set looked_at = ${now} from member
      where member.id = payout_account.member_id and member.person_id = ${personId}::uuid and replaced_at is null
        and state in ('to_complete', 'in_review', 'restricted')
        and (looked_at is null or looked_at < ${new Date(now.getTime() - 30_000)})
      returning stripe_account as "stripeAccount"`.execute(trx);
    await enqueueAll(
      trx,
      house,
      "refresh-account",
      rows.map((row) => ({ ...row, told: true })),
    );
  });
}
