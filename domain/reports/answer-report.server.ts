import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { takeStep } from "./take-step.server.ts";

/**
 * The desk's answer to a report: notice to the artist (`unlist`: the work leaves the shop until the decision), or the decision to keep or
 * remove the work. Words are wanted where the artist is to read why: with a notice and a removal. Who is told is told by mail. Refuses
 * `not_found` (another co-op's too), `report_moved` and `report_words_missing`.
 */
export async function answerReport(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: {
    reportId: string;
    by: string;
    answer: "notice" | "kept" | "removed";
    words: string;
    unlist?: boolean;
  },
): Promise<void> {
  if (input.answer !== "kept" && input.words.trim() === "") throw new Refusal("report_words_missing");
  await inTransaction(db, (trx) =>
    takeStep(trx, house, {
      ...{ reportId: input.reportId, by: input.by, kind: input.answer, words: input.words },
      mine: holdsIn(input.by, "judgeWorks", sql`r.coop_id`),
      unlist: input.answer === "notice" && input.unlist === true,
    }),
  );
}
