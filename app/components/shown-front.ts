import { byline } from "#domain/catalogue/byline.ts";
import type { FrontSection } from "#domain/catalogue/front-queries.server.ts";
import { plainKinds } from "#domain/catalogue/front-sections.ts";
import type { CoopCard } from "#domain/catalogue/queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import type { ShownCoop } from "./coop-panel.tsx";
import type { CoverFacts } from "./cover-address.ts";
import type { Carded } from "./work-card.tsx";

/** A section with what this page says of it, in one tongue. `id` is its name in the page. */
export type ShownSection =
  | { id: string; kind: (typeof plainKinds)[number] }
  | { id: string; kind: "collection"; slug: string; title: string; works: Carded[] }
  | { id: string; kind: "pick"; work: Carded; words: string | null; wordsLang: Locale | undefined }
  | { id: string; kind: "coop"; coop: string };

/** What composed sections show; without any, the page that nobody composed: what is new, books, music, the co-ops. */
export function shownSections(sections: readonly FrontSection[], locale: Locale): ShownSection[] {
  if (sections.length === 0) return plainKinds.map((kind) => ({ id: kind, kind }));
  return sections.flatMap(({ kind, words, collection, work, coop }, i): ShownSection[] => {
    const id = `s${i + 1}`;
    switch (kind) {
      case "collection":
        return collection
          ? [
              {
                ...{ id, kind, slug: collection.slug, works: collection.works.map(onShelf) },
                title: collection.title[locale] ?? collection.title.fr ?? "",
              },
            ]
          : [];
      case "pick": {
        const other = locale === "fr" ? "en" : "fr";
        return work
          ? [
              {
                ...{ id, kind, work: onShelf(work), words: words[locale] ?? words[other] ?? null },
                wordsLang: words[locale] || !words[other] ? undefined : other,
              },
            ]
          : [];
      }
      case "coop":
        return coop ? [{ id, kind, coop: coop.slug }] : [];
      default:
        return [{ id: kind, kind }];
    }
  });
}

/** Wider than a shelf shows a cover on the densest screens: its largest size is for the page of the work. */
const widestOnShelf = 480;

/**
 * Of a card, what a shelf shows of it: what a page says once as HTML, its data says again for the browser, so that each word that
 * nobody sees weighs twice.
 */
export function onShelf(work: Carded): Carded {
  const { slug, kind, title, language, credits, price, cover } = work;
  return {
    ...{ slug, kind, title, language },
    // Who is named, the one after the third being « … »; of no role, so that all of them are.
    credits: byline(kind, credits)
      .slice(0, 4)
      .map((person) => ({ ...person, role: "" })),
    price: { kind: price.kind, amount: price.amount, currency: price.currency },
    cover: cover && narrowed(cover),
  };
}

/** A co-op as its panel shows it, in one tongue. */
export const onPanel = (coop: CoopCard, locale: Locale): ShownCoop => ({
  ...{ slug: coop.slug, name: coop.name, legalForm: coop.legalForm, place: coop.place, accent: coop.accent },
  ...{ works: coop.works, members: coop.members },
  description: coop.description[locale] ?? coop.description.fr ?? "",
  window: coop.window
    .slice(0, 3)
    .map(({ slug, kind, title, cover }) => ({ slug, kind, title, cover: cover && narrowed(cover) })),
});

function narrowed(cover: CoverFacts): CoverFacts {
  const widths = cover.widths.filter((width, i) => i === 0 || width <= widestOnShelf);
  const [before, after] = [cover.widths.at(-1), widths.at(-1)];
  const height = cover.height && before && after ? Math.round((cover.height * after) / before) : cover.height;
  return { ...cover, widths, height };
}
