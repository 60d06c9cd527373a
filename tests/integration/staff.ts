import { v7 } from "uuid";
import type { Stage } from "#tests/stories/stage.ts";

/** Who keeps the books of the market's two co-ops, and a curator who does not. Their ids. */
export async function staffOf({ db, clock, coops }: Stage) {
  const at = clock.now();
  const who = { treasurerA: v7(), adminA: v7(), curatorA: v7(), adminB: v7() };
  const addresses = {
    treasurerA: "a@staff.coop",
    adminA: "aa@staff.coop",
    curatorA: "ca@staff.coop",
    adminB: "b@staff.coop",
  };
  const names = Object.keys(who) as (keyof typeof who)[];
  await db
    .insertInto("person")
    .values(names.map((name) => ({ id: who[name], email: addresses[name], created_at: at })))
    .execute();
  const role = (name: keyof typeof who, coop: string, role: "treasurer" | "admin" | "curator") => ({
    coop_id: coops.get(coop)!,
    person_id: who[name],
    role,
    granted_at: at,
  });
  await db
    .insertInto("coop_role")
    .values([
      role("treasurerA", "A", "treasurer"),
      role("adminA", "A", "admin"),
      role("curatorA", "A", "curator"),
      role("adminB", "B", "admin"),
    ])
    .execute();
  return who;
}
