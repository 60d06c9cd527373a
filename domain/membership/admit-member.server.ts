import type { Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { freeSlug, slugOf } from "../slug.ts";

/**
 * Makes the person behind an address a member of a co-op. The person is made where the address is new; a member who is there
 * already is returned as they are, one who had left is back, and one who was only named in a share is a member in full. `slug` is
 * made from the name unless given. `invitedBy`: the person who named them in a share; a member alone takes nobody back who had
 * left: refuses `member_left`. Refuses `not_found` where `by` is no admin there; what they did is kept with who and when.
 */
export function admitMember(
  db: Database,
  house: Pick<House, "clock">,
  input: {
    coopId: string;
    email: string;
    name: string;
    locale?: "fr" | "en";
    slug?: string;
    invitedBy?: string;
    /** Who of the staff admits; absent: the house, or the member who invites. */
    by?: string;
  },
): Promise<{ memberId: string; personId: string; admitted: boolean }> {
  const now = house.clock.now();
  const email = input.email.trim().toLowerCase();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by ?? null, verb: "admitMembers", coopId: input.coopId });
    const person = await trx
      .insertInto("person")
      .values({ id: v7(), email, name: input.name, locale: input.locale ?? "fr", created_at: now })
      // A name that the person has is theirs to change, not the inviter's.
      .onConflict((conflict) =>
        conflict.column("email").doUpdateSet((eb) => ({
          name: eb.fn.coalesce("person.name", "excluded.name"),
        })),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    // Two admissions at once to one co-op wait for each other: both would find the same slug free.
    await trx
      .selectFrom("coop")
      .select("id")
      .where("id", "=", input.coopId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const known = await trx
      .selectFrom("member")
      .select(["id", "left_at", "invited_at"])
      .where("coop_id", "=", input.coopId)
      .where("person_id", "=", person.id)
      .executeTakeFirst();
    if (known) {
      const found = { memberId: known.id, personId: person.id };
      if (input.invitedBy) {
        if (known.left_at) throw new Refusal("member_left");
        return { ...found, admitted: false };
      }
      await trx
        .updateTable("member")
        .set({ left_at: null, invited_at: null, invited_by: null })
        .where("id", "=", known.id)
        .execute();
      const admitted = known.left_at !== null || known.invited_at !== null;
      if (admitted) await keepAdmission(trx, house, input, known.id);
      return { ...found, admitted };
    }
    const wanted = input.slug ?? (slugOf(input.name) || "membre");
    const taken = await trx
      .selectFrom("member")
      .select("slug")
      .where("coop_id", "=", input.coopId)
      .where("slug", "like", `${wanted}%`)
      .execute();
    const memberId = v7();
    await trx
      .insertInto("member")
      .values({
        id: memberId,
        coop_id: input.coopId,
        person_id: person.id,
        name: input.name,
        slug: freeSlug(
          wanted,
          taken.map(({ slug }) => slug),
        ),
        joined_at: now,
        ...(input.invitedBy ? { invited_by: input.invitedBy, invited_at: now } : {}),
      })
      .execute();
    await keepAdmission(trx, house, input, memberId);
    return { memberId, personId: person.id, admitted: true };
  });
}

/** Of what staff do; an invitation is kept on the member itself. */
async function keepAdmission(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { coopId, by }: { coopId: string; by?: string },
  memberId: string,
): Promise<void> {
  if (by === undefined) return;
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: coopId,
      person_id: by,
      verb: "admit-member",
      subject: `member:${memberId}`,
      at: clock.now(),
    })
    .execute();
}
