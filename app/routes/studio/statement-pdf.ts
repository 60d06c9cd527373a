import type { LoaderFunctionArgs } from "@remix-run/node";
import { attached } from "#app/documents/csv.server.ts";
import { memberPdf } from "#app/documents/member-statement.server.ts";
import { enterSignedIn, missing } from "#app/http/door.server.ts";
import { statementOf } from "#domain/transparency/statement-queries.server.ts";
import { statementAsked } from "./statement-asked.ts";

/** A member's statement to print and keep, for the member and who keeps their co-op's books. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterSignedIn(args);
  const now = house.clock.now();
  const asked = statementAsked(viewer, url, now);
  const statement = asked && !asked.invalid ? await statementOf(db, asked) : null;
  if (!asked || !statement) throw missing();
  const { body, fileName } = memberPdf(db, { locale, asked, statement, now });
  return new Response(body, { headers: attached(fileName, "application/pdf") });
}
