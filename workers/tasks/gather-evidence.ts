import { evidenceFacts } from "#domain/sales/dispute-queries.server.ts";
import { keepEvidence } from "#domain/sales/keep-evidence.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { gatheredEvidence } from "../evidence/gathered.ts";
import type { Task } from "./task.ts";

export const gatherEvidenceTask: Task<"gather-evidence"> = async (db, house, { disputeId }) => {
  const facts = await evidenceFacts(db, disputeId);
  const sale = facts && (await readSale(db, facts.saleId));
  if (!sale) return;
  await keepEvidence(db, house, {
    disputeId,
    buyerEmail: sale.email,
    servedOn: facts.servedOn,
    texts: gatheredEvidence(sale, facts),
  });
};
