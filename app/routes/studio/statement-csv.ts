import type { LoaderFunctionArgs } from "@remix-run/node";
import { memberCsv } from "#app/documents/member-statement.server.ts";
import { enterSignedIn, missing } from "#app/http/door.server.ts";
import { statementOf } from "#domain/transparency/statement-queries.server.ts";
import { statementAsked } from "./statement-asked.ts";

/** A member's statement for a spreadsheet, for the member and who keeps their co-op's books. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterSignedIn(args);
  const asked = statementAsked(viewer, url, house.clock.now());
  const statement = asked && !asked.invalid ? await statementOf(db, asked) : null;
  if (!asked || !statement) throw missing();
  return memberCsv(db, { locale, asked, statement });
}
