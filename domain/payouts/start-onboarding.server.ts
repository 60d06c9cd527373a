import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";

/**
 * Opens Stripe's form where a member, or a co-op, says where their money goes. The account is made once: asked again it is the
 * same account and a new link, for a link opens once and for a few minutes. Where the former account is closed, or `replace` says
 * so, a new one takes its place and all that is owed. Returns the address of the form. Throws `StripeFailure` where Stripe says no.
 */
export async function startOnboarding(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
  input: {
    owner: { memberId: string } | { coopId: string };
    email: string;
    displayName: string;
    /** Two letters, as CA. */
    country: string;
    locale: "fr" | "en";
    returnUrl: string;
    refreshUrl: string;
    replace?: boolean;
  },
): Promise<{ url: string; stripeAccount: string }> {
  const owner =
    "memberId" in input.owner
      ? { member_id: input.owner.memberId, coop_id: null }
      : { member_id: null, coop_id: input.owner.coopId };
  const owned = await db
    .selectFrom("payout_account")
    .select(["stripe_account", "state", "replaced_at"])
    .where((of) =>
      owner.member_id ? of("member_id", "=", owner.member_id) : of("coop_id", "=", owner.coop_id),
    )
    .execute();
  const current = owned.find((account) => account.replaced_at === null);
  const usable = current && current.state !== "closed" && !input.replace;
  const stripeAccount = usable
    ? current.stripe_account
    : await create(db, house, input, owner, owned.length + 1);
  const { returnUrl, refreshUrl } = input;
  return { url: await house.stripe.openOnboarding(stripeAccount, { returnUrl, refreshUrl }), stripeAccount };
}

async function create(
  db: Database,
  { clock, stripe }: Pick<House, "clock" | "stripe">,
  input: Parameters<typeof startOnboarding>[2],
  owner: { member_id: string | null; coop_id: string | null },
  nth: number,
): Promise<string> {
  const destination = owner.member_id ? `member:${owner.member_id}` : `coop:${owner.coop_id}`;
  const { id, state } = await stripe.createRecipientAccount(
    {
      email: input.email,
      displayName: input.displayName,
      country: input.country,
      locale: input.locale,
      metadata: { destination },
    },
    // The nth account of this owner: two clicks, or a crash before it is written down, make one account.
    { idempotencyKey: `account:${destination}:${nth}` },
  );
  if (id === null) throw new Error(`Stripe made no account for ${destination}`);
  const now = clock.now();
  await inTransaction(db, async (trx) => {
    await trx
      .updateTable("payout_account")
      .set({ replaced_at: now })
      .where((of) =>
        owner.member_id ? of("member_id", "=", owner.member_id) : of("coop_id", "=", owner.coop_id),
      )
      .where("replaced_at", "is", null)
      .where("stripe_account", "<>", id)
      .execute();
    await trx
      .insertInto("payout_account")
      .values({
        id: v7(),
        ...owner,
        stripe_account: id,
        state: state === "none" ? "to_complete" : state,
        state_at: now,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict.column("stripe_account").where("shared_account", "is", null).doNothing(),
      )
      .execute();
  });
  return id;
}
