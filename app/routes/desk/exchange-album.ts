import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { coverAddress } from "#app/components/cover-address.ts";
import { attached } from "#app/documents/csv.server.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { findRecord } from "#domain/exchange/export-catalogue.server.ts";
import { ddexGaps, ddexMessage } from "#domain/exchange/write-ddex.ts";
import { pathTo } from "#i18n/paths.ts";
import { coopOf } from "./exchange.server.ts";

/** One album of the co-op as DDEX ERN 4.3; back to the page with a word where its record cannot be told so yet. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, coopIds, locale, url } = await enterStaff(args, "judgeWorks");
  const { coop } = coopOf(viewer, coopIds, url.searchParams.get("coop"));
  const slug = url.searchParams.get("oeuvre");
  // Asked without an album, as a form is that nobody filled in: the page again.
  if (!slug) return redirect(pathTo("deskExchange", locale, {}, { coop: coop.slug }), 303);
  const origin = house.settings.publicUrl;
  const record = await findRecord(db, slug, {
    work: (of) => origin + pathTo("work", locale, { slug: of }),
    cover: (cover) => origin + coverAddress(locale, cover),
  });
  if (record?.coop.slug !== coop.slug) throw missing();
  const [gap] = ddexGaps(record);
  if (gap) return redirect(pathTo("deskExchange", locale, {}, { coop: coop.slug, manque: gap }), 303);
  const message = ddexMessage(record, { sentAt: house.clock.now() });
  return new Response(message, { headers: attached(`${slug}.xml`, "application/xml; charset=utf-8") });
}
