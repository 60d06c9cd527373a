import { type Database, inTransaction } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";

/**
 * Sends to the bank, through Stripe, what a person asked to send: the stored words under the stored key. Where a call was made
 * before and its answer lost, Stripe is asked first whether it has them. An unknown outcome is thrown, to be tried again; a
 * definite refusal is kept, and a person may send anew.
 */
export async function submitEvidence(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
  { disputeId }: { disputeId: string },
): Promise<"sent" | "refused" | "nothing"> {
  const asked = await inTransaction(db, async (trx) => {
    const row = await trx
      .selectFrom("dispute_evidence")
      .innerJoin("dispute", "dispute.id", "dispute_evidence.dispute_id")
      .selectAll("dispute_evidence")
      .select("dispute.stripe_dispute")
      .where("dispute_id", "=", disputeId)
      .where("dispute_evidence.state", "=", "asked")
      .forUpdate()
      .executeTakeFirst();
    if (!row) return null;
    await trx
      .updateTable("dispute_evidence")
      .set({ calls: row.calls + 1 })
      .where("dispute_id", "=", disputeId)
      .execute();
    return row;
  });
  if (!asked) return "nothing";
  const keep = async (state: "sent" | "refused", status: string | null, refusal: string | null) => {
    await inTransaction(db, async (trx) => {
      const now = house.clock.now();
      await trx
        .updateTable("dispute_evidence")
        .set({ state, state_at: now, refusal })
        .where("dispute_id", "=", disputeId)
        .where("state", "=", "asked")
        .execute();
      if (status) await trx.updateTable("dispute").set({ status }).where("id", "=", disputeId).execute();
    });
    return state;
  };
  try {
    const before = asked.calls > 0 ? await house.stripe.fetchDispute(asked.stripe_dispute) : null;
    if (before && before.submissions > 0) return await keep("sent", before.status, null);
    const { status } = await house.stripe.submitEvidence(
      {
        disputeId: asked.stripe_dispute,
        customerEmail: asked.buyer_email,
        serviceDate: asked.served_on,
        productDescription: asked.product,
        accessLog: asked.access_log,
        terms: asked.terms,
        text: [asked.statement, asked.receipt].filter((text) => text.trim() !== "").join("\n\n"),
      },
      { idempotencyKey: asked.key! },
    );
    return await keep("sent", status, null);
  } catch (error) {
    if (error instanceof StripeFailure && error.outcome === "refused")
      return keep("refused", null, error.code);
    throw error;
  }
}
