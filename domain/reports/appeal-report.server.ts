import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { takeStep } from "./take-step.server.ts";

/**
 * The artist's answer to a notice or a removal, once. Refuses `not_found` (not their work, or nobody gave them notice), `report_moved` and
 * `report_words_missing`.
 */
export async function appealReport(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { reportId: string; by: string; words: string },
): Promise<void> {
  if (input.words.trim() === "") throw new Refusal("report_words_missing");
  await inTransaction(db, (trx) =>
    takeStep(trx, house, {
      ...{ reportId: input.reportId, by: input.by, kind: "appeal", words: input.words },
      mine: sql<boolean>`exists (select from member m where m.id = w.member_id and m.person_id = ${input.by})
        and exists (select from report_step s where s.report_id = r.id and s.kind = 'notice')`,
    }),
  );
}
