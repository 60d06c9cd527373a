import type { LoaderFunctionArgs } from "@remix-run/node";
import { coopPdf } from "#app/documents/coop-statement.server.ts";
import { attached } from "#app/documents/csv.server.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { periodAsked } from "#app/routes/studio/statement-asked.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { accountWords } from "./entry-list.tsx";
import { keptCoop } from "./kept-coop.ts";

/** The statement of a co-op to print and keep. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterStaff(args, "readMoney");
  const { coop } = keptCoop(viewer, url);
  const now = house.clock.now();
  const { period, invalid } = periodAsked(url, now);
  const statement = invalid
    ? null
    : await coopStatement(db, { personId: viewer.id, coopId: coop.id, period });
  if (!statement) throw missing();
  const { body, fileName } = coopPdf({
    locale,
    coop,
    statement,
    now,
    accountWords: (account, name) => accountWords(locale, account, name),
  });
  return new Response(body, { headers: attached(fileName, "application/pdf") });
}
