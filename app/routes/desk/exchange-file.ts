import type { LoaderFunctionArgs } from "@remix-run/node";
import { coverAddress } from "#app/components/cover-address.ts";
import { attached } from "#app/documents/csv.server.ts";
import { enterStaff } from "#app/http/door.server.ts";
import { exportCatalogue } from "#domain/exchange/export-catalogue.server.ts";
import { pathTo } from "#i18n/paths.ts";
import { coopOf } from "./exchange.server.ts";

const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;

/** The catalogue of a co-op as one file that flows as it is read: ONIX 3.1, or CSV, by the address. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, coopIds, locale, url } = await enterStaff(args, "judgeWorks");
  const { coop } = coopOf(viewer, coopIds, url.searchParams.get("coop"));
  const format = url.pathname.endsWith(".csv") ? ("csv" as const) : ("onix" as const);
  const origin = house.settings.publicUrl;
  const pieces = await exportCatalogue(db, house, {
    format,
    filter: { coopId: coop.id, states },
    sender: coop.name,
    addresses: {
      work: (slug) => origin + pathTo("work", locale, { slug }),
      cover: (cover) => origin + coverAddress(locale, cover),
    },
    // The list separator of Windows in fr-CA: a double click opens columns.
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
  const day = house.clock.now().toISOString().slice(0, 10);
  const [extension, type] =
    format === "csv" ? ["csv", "text/csv; charset=utf-8"] : ["xml", "application/xml; charset=utf-8"];
  return new Response(body, { headers: attached(`${coop.slug}-${day}.${extension}`, type!) });
}
