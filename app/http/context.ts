import type { Kysely } from "kysely";
import type { DB } from "#db/schema.ts";
import type { House } from "#domain/house.ts";

/** What `server.ts` hands to every loader and action. */
declare module "@remix-run/node" {
  interface AppLoadContext {
    db: Kysely<DB>;
    house: House;
    /** Of the page's Content-Security-Policy; absent from a page that is made for everybody, and then sent whole. */
    nonce: string | undefined;
    /** Names this request in the log and on error pages. */
    requestId: string;
    /** The visitor's network address, null where it is not known: to pace them by, never to keep. */
    visitor: string | null;
  }
  interface Future {
    v3_singleFetch: true;
  }
}
