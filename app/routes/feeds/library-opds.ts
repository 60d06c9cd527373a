import type { LoaderFunctionArgs } from "@remix-run/node";
import { readShelf } from "#domain/library/shelf-queries.server.ts";
import { acquisitionType, libraryRoot, libraryShelf, navigationType } from "./library-atom.server.ts";
import { addressIn, enterByReader, feedAnswer, pageSize, shelfAsked } from "./library-door.server.ts";

/** The library of the person behind a device, OPDS 1.2: its doors at `/biblio/opds`, a shelf behind each. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house } = args.context;
  const { personId, locale } = await enterByReader(args);
  const { publicUrl } = house.settings;
  const given = {
    ...{ locale, publicUrl, personId },
    address: addressIn(publicUrl, locale),
    now: house.clock.now(),
  };
  if (args.params.shelf === undefined) {
    const page = await readShelf(db, personId, { shelf: "all", words: null, after: null, limit: 1 });
    return feedAnswer(args.request, navigationType, libraryRoot(given, page));
  }
  const asked = shelfAsked(args);
  if (!asked) return new Response(null, { status: 404 });
  const page = await readShelf(db, personId, { ...asked, limit: pageSize });
  return feedAnswer(args.request, acquisitionType, libraryShelf(given, asked, page));
}
