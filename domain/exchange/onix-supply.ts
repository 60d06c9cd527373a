/** Where a product of ours is had, and for how much: the last block of an ONIX product. Pure. */
import type { CatalogueRecord, SentPrice } from "./sent.ts";
import { composite, value } from "./xml-text.ts";

/** A tax that is added to the price: `percent` as « 9.975 ». */
export type OnixTax = { code: string; percent: string };
/** `work` gives the public page of a work. `taxes`: those of the seller's own place, for what is sold there. */
export type OnixSetting = {
  sender: string;
  sentAt: Date;
  work: (slug: string) => string;
  taxes: (place: string) => OnixTax[];
};

/** List 65. */
const AVAILABLE = { draft: "10", submitted: "10", returned: "10", published: "20", withdrawn: "46" } as const;

export function productSupply(record: CatalogueRecord, setting: OnixSetting): string {
  const { price } = record.fields;
  const free = price && price.kind === "fixed" && price.amount === 0;
  return composite("ProductSupply", [
    composite("Market", [composite("Territory", [value("RegionsIncluded", "WORLD")])]),
    composite("SupplyDetail", [
      composite("Supplier", [
        value("SupplierRole", "09"),
        value("SupplierName", record.coop.name),
        composite("Website", [value("WebsiteRole", "36"), value("WebsiteLink", setting.work(record.slug))]),
      ]),
      value("ProductAvailability", AVAILABLE[record.state]),
      value("UnpricedItemType", free ? "01" : price ? undefined : "02"),
      ...(price && !free ? prices(price, setting.taxes(record.coop.place)) : []),
    ]),
  ]);
}

/** Words of ours under a price that the buyer names: ONIX has no code for it. */
export const openPrice = { least: "open: least", suggested: "open: suggested" } as const;

function prices(price: SentPrice, taxes: OnixTax[]): string[] {
  const one = (cents: number, words?: string) =>
    composite("Price", [
      value("PriceType", "01"),
      value("PriceTypeDescription", words),
      value("PriceAmount", decimalOf(cents)),
      ...taxes.map(({ code, percent }) =>
        composite("Tax", [
          value("TaxType", code === "tva" ? "01" : "02"),
          value("TaxRateCode", "S"),
          value("TaxRatePercent", percent),
          value("TaxableAmount", decimalOf(cents)),
        ]),
      ),
      value("CurrencyCode", price.currency.toUpperCase()),
      composite("Territory", [value("RegionsIncluded", "WORLD")]),
    ]);
  if (price.kind === "fixed") return [one(price.amount)];
  return [
    one(price.amount, openPrice.least),
    ...(price.suggested === undefined ? [] : [one(price.suggested, openPrice.suggested)]),
  ];
}

/** « 12.50 » of 1250. */
export const decimalOf = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
