import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { claim } from "./claims.server.ts";
import { cleanText } from "./clean-text.ts";
import { lockRecord, type Speaker, traceCurator } from "./lock-record.server.ts";
import { accessibilitySchema } from "./record.ts";

/**
 * What a reader must know of an e-book before buying, as a person states it. Nothing at all is a statement too, « no information »,
 * written as the standard writes it (`unknown`). What a file says beyond this (modes, conformance) is kept. Refuses `not_found`,
 * `work_submitted`, and `field_invalid` with the field `accessibility`.
 */
export async function stateAccessibility(
  db: Database,
  house: Pick<House, "clock">,
  input: Speaker & { features: readonly string[]; hazards: readonly string[]; summary: string },
): Promise<void> {
  const summary = cleanText(input.summary);
  const nothing = input.features.length === 0 && input.hazards.length === 0 && summary === "";
  const stated = accessibilitySchema.safeParse({
    features: nothing ? ["unknown"] : [...input.features],
    hazards: nothing ? ["unknown"] : [...input.hazards],
    ...(summary && { summary }),
  });
  if (!stated.success) throw new Refusal("field_invalid", { field: "accessibility" });
  return inTransaction(db, async (trx) => {
    const { id, coopId } = await lockRecord(trx, input);
    const { accessibility } = await trx
      .selectFrom("work")
      .select("accessibility")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const { summary: _former, ...kept } = (accessibility ?? {}) as Record<string, unknown>;
    const value = { ...kept, ...stated.data };
    await trx
      .updateTable("work")
      .set({ accessibility: JSON.stringify(value), updated_at: house.clock.now() })
      .where("id", "=", id)
      .execute();
    await claim(trx, house, { workId: id, origin: input.as, personId: input.personId }, [
      { field: "accessibility", value, source: "form" },
    ]);
    await traceCurator(trx, house, input, { coopId, verb: "state_accessibility", after: value });
  });
}
