/** A catalogue as a file, piece by piece: nothing is asked of the records before the reader has taken what came before. */
import { stringify } from "csv-stringify/sync";
import { rowsOf } from "./catalogue-columns.ts";
import { COLUMNS } from "./column-names.ts";
import type { OnixSetting } from "./onix-supply.ts";
import type { CatalogueRecord } from "./sent.ts";
import { onixFoot, onixHead, onixProducts } from "./write-onix.ts";

export async function* onixFile(
  records: AsyncIterable<CatalogueRecord>,
  setting: OnixSetting,
): AsyncGenerator<string> {
  yield onixHead(setting);
  for await (const record of records) yield onixProducts(record, setting);
  yield onixFoot;
}

/** UTF-8 with its mark, without which Excel reads « Ã© » for « é »; lines end as RFC 4180 says. */
export async function* csvFile(
  records: AsyncIterable<CatalogueRecord>,
  delimiter: "," | ";" = ",",
): AsyncGenerator<string> {
  // A lone line feed wants its quotes too: by itself the writer only sees the pair that ends a line.
  const form = { delimiter, record_delimiter: "\r\n", quoted_match: /[\r\n\t;,]/ };
  const line = (cells: readonly string[]) => stringify([[...cells]], form);
  yield `\ufeff${line(COLUMNS)}`;
  for await (const record of records) yield rowsOf(record).map(line).join("");
}
