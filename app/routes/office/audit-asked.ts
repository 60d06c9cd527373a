import { z } from "zod";
import { instantOf } from "#app/http/day.ts";
import type { AuditAsked } from "#domain/transparency/audit-queries.server.ts";

const id = z.uuid().nullable().catch(null);
const noun = z
  .string()
  .regex(/^[a-z-]{1,30}$/)
  .nullable()
  .catch(null);
const dayMs = 86_400_000;

/** What the address asks of the audit: `?qui=…&quoi=sale&du=2026-11-01&au=2026-11-30&avant=…`; what cannot be read is not asked. */
export function auditAsked(search: URLSearchParams, limit: number): AuditAsked {
  const said = (name: string) => search.get(name) || null;
  const from = instantOf((said("du") ?? "").slice(0, 10));
  const last = instantOf((said("au") ?? "").slice(0, 10));
  return {
    byId: id.parse(said("qui")),
    noun: noun.parse(said("quoi")),
    from,
    // The day named is inside.
    to: last && new Date(last.getTime() + dayMs),
    before: id.parse(said("avant")),
    limit,
  };
}
