import type { Database } from "#db/connection.ts";
import { isServed } from "./served-countries.ts";

/**
 * A member says in which country their bank is. "not_served": money does not go there by itself; it stays owed, and the co-op may pay
 * it outside.
 */
export async function setBankCountry(
  db: Database,
  { memberId, country }: { memberId: string; country: string },
): Promise<"served" | "not_served"> {
  await db.updateTable("member").set({ bank_country: country }).where("id", "=", memberId).execute();
  return isServed(country) ? "served" : "not_served";
}
