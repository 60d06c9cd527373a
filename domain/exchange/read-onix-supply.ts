/** What a product costs, and where its cover can be fetched. Pure. */
import { openPrice } from "./onix-supply.ts";
import { centsOf } from "./price-text.ts";
import type { SentPrice } from "./sent.ts";
import { child, childrenOf, said, type XmlElement } from "./xml-products.ts";

/** Without tax where there is a choice, in dollars where there is a choice: the first price that we could ask for. */
export function priceOf(product: XmlElement): SentPrice | undefined {
  const supplies = childrenOf(product, "productsupply").flatMap((each) => childrenOf(each, "supplydetail"));
  const read = supplies
    .flatMap((each) => childrenOf(each, "price"))
    .flatMap((price) => {
      const amount = centsOf(said(price, "priceamount"));
      const currency = said(price, "currencycode").toLowerCase();
      const type = said(price, "pricetype");
      const usable = amount !== undefined && /^[a-z]{3}$/.test(currency) && /^(?:|0[1-4]|41|42)$/.test(type);
      return usable
        ? [
            {
              amount,
              currency,
              words: said(price, "pricetypedescription"),
              taxed: /^(?:02|04|42)$/.test(type),
            },
          ]
        : [];
    });
  const least = read.find(({ words }) => words === openPrice.least);
  if (least) {
    const suggested = read.find(({ words }) => words === openPrice.suggested)?.amount;
    return {
      kind: "open",
      amount: least.amount,
      currency: least.currency,
      ...(suggested !== undefined && { suggested }),
    };
  }
  const best = read.sort(
    (a, b) =>
      Number(a.taxed) - Number(b.taxed) || Number(b.currency === "cad") - Number(a.currency === "cad"),
  )[0];
  // A price with the tax of somewhere in it is not what we ask for: the tax is added here, by place.
  if (best) return best.taxed ? undefined : { kind: "fixed", amount: best.amount, currency: best.currency };
  const free = supplies.some((each) => said(each, "unpriceditemtype") === "01");
  return free ? { kind: "fixed", amount: 0, currency: "cad" } : undefined;
}

export function coverOf(product: XmlElement): string | undefined {
  for (const each of childrenOf(child(product, "collateraldetail"), "supportingresource")) {
    if (said(each, "resourcecontenttype") !== "01") continue;
    for (const version of childrenOf(each, "resourceversion")) {
      const link = said(version, "resourcelink");
      if (/^https?:\/\//i.test(link)) return link.slice(0, 1_000);
    }
  }
  return undefined;
}
