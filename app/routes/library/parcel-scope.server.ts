import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { type Door, enter, enterSignedIn, missing } from "#app/http/door.server.ts";
import type { Scope } from "#domain/delivery/parcel-queries.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** What an address lets one take home, and the addresses of its page, its zip and the page that it came from. */
export type ParcelDoor = Door & {
  scope: Scope;
  /** The link of the receipt, where that is what opens it. */
  access: string | null;
  here: string;
  zip: string;
  back: string;
};

const id = z.uuid();

/**
 * One purchase (`/emporter/:right`, by who is signed in or by the receipt's link in `acces`), all of a sale (`/achats/:access/tout`),
 * or all that the person signed in holds (`/bibliotheque/tout`). 404 where the address opens nothing.
 */
export async function enterParcel(args: LoaderFunctionArgs): Promise<ParcelDoor> {
  const { right, access } = args.params;
  if (right !== undefined) return ofRight(await enter(args), right);
  if (access !== undefined) return ofSale(await enter(args), access);
  const door = await enterSignedIn(args);
  const { locale, viewer } = door;
  return {
    ...door,
    scope: { rightId: null, personId: viewer.id, saleId: null },
    access: null,
    here: pathTo("libraryParcel", locale),
    zip: pathTo("libraryZip", locale),
    back: pathTo("library", locale),
  };
}

function ofRight(door: Door, right: string): ParcelDoor {
  const { locale, viewer, url, house } = door;
  const access = url.searchParams.get("acces");
  const saleId = access ? saleOfAccess(house.settings.sessionSecret, access) : null;
  if (!id.safeParse(right).success || (!viewer && !saleId)) throw missing();
  return {
    ...door,
    scope: { rightId: right, personId: viewer?.id ?? null, saleId },
    access,
    here: pathTo("parcel", locale, { right }, { acces: access }),
    zip: pathTo("parcelZip", locale, { right }, { acces: access }),
    back: backFrom(locale, access),
  };
}

function ofSale(door: Door, access: string): ParcelDoor {
  const { locale, house } = door;
  const saleId = saleOfAccess(house.settings.sessionSecret, access);
  if (!saleId) throw missing();
  return {
    ...door,
    scope: { rightId: null, personId: null, saleId },
    access,
    here: pathTo("purchaseParcel", locale, { access }),
    zip: pathTo("purchaseZip", locale, { access }),
    back: backFrom(locale, access),
  };
}

const backFrom = (locale: Locale, access: string | null): string =>
  access ? pathTo("purchase", locale, { access }) : pathTo("library", locale);
