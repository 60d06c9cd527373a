import type { LoaderFunctionArgs } from "@remix-run/node";
import { type CsvCell, csv, csvTime } from "#app/documents/csv.server.ts";
import { enterStaff } from "#app/http/door.server.ts";
import { auditOf } from "#domain/transparency/audit-queries.server.ts";
import { safetyWords } from "#i18n/safety.ts";
import { auditAsked } from "./audit-asked.ts";
import { keptCoop } from "./kept-coop.ts";

const perPage = 500;

/** The audit as it was filtered, whole, as a CSV that flows as it is read. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, viewer, url } = await enterStaff(args, "readAudit");
  const { coop } = keptCoop(viewer, url);
  const { columns, house } = safetyWords(locale).audit;
  const asked = auditAsked(url.searchParams, perPage);
  async function* pages(): AsyncGenerator<CsvCell[][]> {
    yield [[columns.at, columns.who, columns.what, columns.about, "id", columns.before, columns.after]];
    let before = asked.before;
    for (;;) {
      const rows = await auditOf(db, { personId: viewer.id, coopId: coop.id }, { ...asked, before });
      yield rows.map((row) => [
        csvTime(row.at),
        row.who ?? house,
        row.verb,
        row.about ?? "",
        row.subject,
        row.before === null ? "" : JSON.stringify(row.before),
        row.after === null ? "" : JSON.stringify(row.after),
      ]);
      before = rows.at(-1)?.id ?? null;
      if (rows.length < perPage) return;
    }
  }
  return csv(locale, `registre-${coop.slug}`, pages());
}
