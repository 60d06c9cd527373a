import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

/** What answers a bank, in words that a person may correct before it is sent. */
export type EvidenceTexts = {
  /** What was sold. */
  product: string;
  /** As the buyer was shown it. */
  receipt: string;
  /** Which file was fetched, when. */
  accessLog: string;
  /** Shown before the payment. */
  terms: string;
  /** What the co-op adds. */
  statement: string;
};
/** Of each text. Stripe takes 20 000 characters in a field; the statement and the receipt go in one. */
export const mostCharacters = 9_500;

/** Keeps what was gathered for a dispute. Gathered again, nothing changes: a person may have corrected it. */
export async function keepEvidence(
  db: Database,
  house: Pick<House, "clock">,
  {
    disputeId,
    buyerEmail,
    servedOn,
    texts,
  }: { disputeId: string; buyerEmail: string; servedOn: string; texts: EvidenceTexts },
): Promise<void> {
  const now = house.clock.now();
  await db
    .insertInto("dispute_evidence")
    .values({
      dispute_id: disputeId,
      buyer_email: buyerEmail,
      served_on: servedOn,
      ...columnsOf(texts),
      gathered_at: now,
      state_at: now,
    })
    .onConflict((conflict) => conflict.column("dispute_id").doNothing())
    .execute();
}

export const columnsOf = (texts: EvidenceTexts) => ({
  product: texts.product.slice(0, mostCharacters),
  receipt: texts.receipt.slice(0, mostCharacters),
  access_log: texts.accessLog.slice(0, mostCharacters),
  terms: texts.terms.slice(0, mostCharacters),
  statement: texts.statement.slice(0, mostCharacters),
});
