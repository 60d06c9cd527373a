import type { LoaderFunctionArgs } from "@remix-run/node";
import { journalCsv } from "#app/documents/journal.server.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { periodAsked } from "#app/routes/studio/statement-asked.ts";
import { accountWords } from "./entry-list.tsx";
import { keptCoop } from "./kept-coop.ts";

/** The accounting export: every posting of a period, as a CSV that flows as it is read. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer, url } = await enterStaff(args, "readMoney");
  const { coop } = keptCoop(viewer, url);
  const { period, invalid } = periodAsked(url, house.clock.now());
  if (invalid) throw missing();
  const answer = await journalCsv(
    db,
    { personId: viewer.id, coopId: coop.id, period },
    { locale, coopSlug: coop.slug, accountWords: (account, name) => accountWords(locale, account, name) },
  );
  if (!answer) throw missing();
  return answer;
}
