import type { LoaderFunctionArgs } from "@remix-run/node";
import { attached } from "#app/documents/csv.server.ts";
import { receiptPdf } from "#app/documents/receipt.server.ts";
import { enter, missing } from "#app/http/door.server.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { moneyBackOf } from "#domain/transparency/receipt-queries.server.ts";

/** The receipt of a purchase to print and keep, for who has its link. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const paced = await orRefuse(locale, async () => pace(args.context, "download"));
  if (!paced.ok) throw new Response(null, { status: 429, headers: { "retry-after": "600" } });
  const saleId = saleOfAccess(house.settings.sessionSecret, args.params.access ?? "");
  if (!saleId) throw missing();
  const [sale, back] = await Promise.all([readSale(db, saleId), moneyBackOf(db, saleId)]);
  if (sale?.state !== "paid" && sale?.state !== "claimed") throw missing();
  const { body, fileName } = receiptPdf({ locale, sale, back, now: house.clock.now() });
  return new Response(body, { headers: attached(fileName, "application/pdf") });
}
