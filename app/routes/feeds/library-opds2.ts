import type { LoaderFunctionArgs } from "@remix-run/node";
import { readShelf } from "#domain/library/shelf-queries.server.ts";
import {
  addressIn,
  enterByReader,
  feedAnswer,
  opds2Type,
  pageSize,
  shelfAsked,
} from "./library-door.server.ts";
import { libraryFeed, libraryPublications } from "./library-json.server.ts";

/** The same library in JSON, OPDS 2.0, from the same query: `/biblio/opds2`. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house } = args.context;
  const { personId, locale } = await enterByReader(args);
  const { publicUrl } = house.settings;
  const given = { locale, publicUrl, address: addressIn(publicUrl, locale) };
  if (args.params.shelf === undefined) {
    const page = await readShelf(db, personId, { shelf: "all", words: null, after: null, limit: 1 });
    return feedAnswer(args.request, opds2Type, JSON.stringify(libraryFeed(given, page)));
  }
  const asked = shelfAsked(args);
  if (!asked) return new Response(null, { status: 404 });
  const page = await readShelf(db, personId, { ...asked, limit: pageSize });
  return feedAnswer(args.request, opds2Type, JSON.stringify(libraryPublications(given, asked, page)));
}
