import type { LoaderFunctionArgs } from "@remix-run/node";
import { csv, csvTime } from "#app/documents/csv.server.ts";
import { enterStudio } from "#app/http/door.server.ts";
import { pressCodesOf } from "#domain/offers/press-queries.server.ts";
import { offersWords } from "#i18n/offers.ts";
import { addressesAt } from "#i18n/paths.ts";
import { pressState } from "./press-state.ts";

/** An artist's press codes for a spreadsheet: to be sent with a letter of one's own. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const codes = await pressCodesOf(db, viewer.id);
  const words = offersWords(locale).press;
  const address = addressesAt(house.settings.publicUrl);
  async function* rows() {
    const { columns } = words;
    yield [[columns.code, columns.address, columns.work, columns.label, columns.state, columns.made]];
    yield codes.map((each) => [
      each.code,
      address("code", locale, {}, { c: each.code }),
      each.workTitle,
      each.label,
      words.states[pressState(each)],
      csvTime(each.createdAt),
    ]);
  }
  return csv(locale, words.file, rows());
}
