import type { LoaderFunctionArgs } from "@remix-run/node";
import { coverAddress } from "#app/components/cover-address.ts";
import { attached } from "#app/documents/csv.server.ts";
import { enterStudio } from "#app/http/door.server.ts";
import { benchWorks } from "#domain/bench/bench-queries.server.ts";
import { exportCatalogue } from "#domain/exchange/export-catalogue.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { pathTo } from "#i18n/paths.ts";

const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;

/** One's own works as a table, whatever their state: to be changed elsewhere and brought back. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const works = await benchWorks(db, viewer.id);
  const origin = house.settings.publicUrl;
  const pieces = await exportCatalogue(db, house, {
    format: "csv",
    filter: { workIds: works.map(({ id }) => id), states },
    sender: "ventes.coop",
    addresses: {
      work: (slug) => origin + pathTo("work", locale, { slug }),
      cover: (cover) => origin + coverAddress(locale, cover),
    },
    delimiter: locale === "fr" ? ";" : ",",
  });
  const utf8 = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(reader) {
      const { done, value } = await pieces.next();
      if (done) reader.close();
      else reader.enqueue(utf8.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: attached(`${benchWords(locale).many.file}.csv`, "text/csv; charset=utf-8"),
  });
}
