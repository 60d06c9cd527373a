import type { AppLoadContext } from "@remix-run/node";
import { accessOf } from "#domain/sales/access-link.ts";
import type { Gift } from "#domain/sales/gift-queries.server.ts";
import { pathTo } from "#i18n/paths.ts";

/** A gift as its buyer sees it, with the address that opens it, to give by hand. */
export function shownGift({ house }: Pick<AppLoadContext, "house">, gift: Gift) {
  const { publicUrl, sessionSecret } = house.settings;
  const { code, name, email, note, deliverAt, toldAt, redeemedAt, works } = gift;
  const link = publicUrl + pathTo("gift", gift.locale, { access: accessOf(sessionSecret, gift.id) });
  const titles = works.map(({ soldAs }) => soldAs);
  return { code, name, email, note, deliverAt, toldAt, redeemedAt, titles, link };
}
