import { priceWords } from "#app/components/price.tsx";
import { asWish, type PlanField, type Stands } from "#domain/bench/plan.ts";
import type { Wish } from "#domain/bench/plan-shape.ts";
import { startSeconds } from "#domain/delivery/streams.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { benchWords } from "#i18n/bench.ts";
import { language, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioHearingWords } from "#i18n/studio.ts";

/** What a wish says of one field, in words. */
export function saidOf(locale: Locale, field: PlanField, wish: Wish): string {
  const words = benchWords(locale).many;
  const said = inWords(locale, field, wish);
  return said === "" ? words.none : said;
}

export const saidOfWork = (locale: Locale, work: Stands, field: PlanField): string =>
  saidOf(locale, field, asWish(work));

function inWords(locale: Locale, field: PlanField, wish: Wish): string {
  if (field === "price") return wish.price ? priceSaid(locale, wish.price) : "";
  if (field === "subjects") return (wish.subjects ?? []).map(({ label }) => label).join(", ");
  if (field === "language") return wish.language ? language(locale, wish.language) : "";
  if (field === "hearing") {
    if (!wish.hearing) return "";
    const { policies } = studioHearingWords(locale);
    const { policy } = wish.hearing;
    return policy === "start" ? policies.start(startSeconds) : policies[policy];
  }
  return wish[field] ?? "";
}

function priceSaid(locale: Locale, price: NonNullable<Wish["price"]>): string {
  const currency = settlementCurrency;
  if (price.kind === "free") return priceWords(locale, { kind: "fixed", amount: 0, currency });
  if (price.kind === "fixed") return priceWords(locale, { kind: "fixed", amount: price.amount, currency });
  const open = priceWords(locale, { kind: "open", amount: price.floor, currency });
  return price.suggested === null
    ? open
    : `${open} (${benchWords(locale).many.suggested(money(locale, price.suggested, currency))})`;
}
