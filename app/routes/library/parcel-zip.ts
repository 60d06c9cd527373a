import { Readable } from "node:stream";
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { bookletIn } from "#app/documents/booklet.ts";
import { missing } from "#app/http/door.server.ts";
import { orRefuse } from "#app/http/form.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { choices } from "#domain/delivery/formats.ts";
import { openParcel } from "#domain/delivery/open-parcel.server.ts";
import { lastChoice } from "#domain/delivery/parcel-queries.server.ts";
import { libraryWords } from "#i18n/library.ts";
import { enterParcel } from "./parcel-scope.server.ts";

/** Everything of a parcel in one zip, from the bucket through us. Where a track is not ready, the page says how far it is. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, scope, url, here } = await enterParcel(args);
  const paced = await orRefuse(locale, async () => pace(args.context, "download"));
  if (!paced.ok) throw new Response(null, { status: 429, headers: { "retry-after": "600" } });
  const asked = choices.find((choice) => choice === url.searchParams.get("format"));
  const choice = asked ?? (await lastChoice(db, scope))?.choice;
  if (!choice) throw redirect(here);
  const looking = args.request.method === "HEAD";
  const { allName } = libraryWords(locale).parcel;
  const booklet = bookletIn(locale);
  const parcel = await openParcel(db, house, { scope, choice, allName, booklet, looking });
  if (parcel === null) throw missing();
  if (parcel === "not_ready") throw redirect(here, { headers: { "cache-control": "no-store" } });
  const headers = {
    "content-type": "application/zip",
    "content-length": String(parcel.bytes),
    "content-disposition": parcel.disposition,
    // Not compressed on the way: it would not shrink, and its length is told.
    "cache-control": "private, no-store, no-transform",
  };
  if (looking) return new Response(null, { headers });
  const body = parcel.open();
  args.request.signal.addEventListener("abort", () => body.destroy(), { once: true });
  return new Response(Readable.toWeb(body) as ReadableStream, { headers });
}
