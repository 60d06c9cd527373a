import type { AppLoadContext } from "@remix-run/node";
import { identityOf } from "#domain/feeds/addresses.ts";
import { findAgentIdentity } from "#domain/feeds/identity-queries.server.ts";
import {
  agentNode,
  collectionNode,
  coopNode,
  graphOf,
  inScript,
  siteNode,
  workGraph,
} from "#domain/feeds/json-ld.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { feedsWords } from "#i18n/feeds.ts";
import type { Locale } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";

/** The work as machines read it (schema.org), for the script of its page; the same in both languages. Null while it is not in the shop. */
export async function jsonLd(
  { db, house }: Pick<AppLoadContext, "db" | "house">,
  slug: string,
): Promise<string | null> {
  const work = await findRecord(db, { slug });
  return work && inScript(graphOf(workGraph(work, addressesAt(house.settings.publicUrl))));
}

/** The same of a person or group, with the way to their record; null where nobody has this slug. */
export async function agentJsonLd(
  { db, house }: Pick<AppLoadContext, "db" | "house">,
  slug: string,
): Promise<{ id: string; script: string } | null> {
  const found = await findAgentIdentity(db, slug);
  const address = addressesAt(house.settings.publicUrl);
  return found && { id: found.agent.id, script: inScript(graphOf([agentNode(found.agent, address)])) };
}

/** The same of a co-op. */
export const coopJsonLd = (
  { house }: Pick<AppLoadContext, "house">,
  coop: Parameters<typeof coopNode>[0],
): string => inScript(graphOf([coopNode(coop, addressesAt(house.settings.publicUrl))]));

/** The same of a selection: its works in order, each by the name that its own page gives it. */
export const collectionJsonLd = (
  { house }: Pick<AppLoadContext, "house">,
  collection: Parameters<typeof collectionNode>[0],
): string => inScript(graphOf([collectionNode(collection, addressesAt(house.settings.publicUrl))]));

/** The shop itself, for every page that machines may see. */
export const siteJsonLd = ({ house }: Pick<AppLoadContext, "house">): string =>
  inScript(graphOf([siteNode(feedsWords("fr").site, addressesAt(house.settings.publicUrl))]));

/** Where the record of a thing is, for who asks its page for it. */
export const recordAddress = (
  { house }: Pick<AppLoadContext, "house">,
  noun: "work" | "agent" | "coop",
  id: string,
): string => `${identityOf(addressesAt(house.settings.publicUrl), noun, id)}.jsonld`;

/** What machines find in the head of a work's page: its record, its card for other sites, an album's feed. */
export function machineLinks(
  { house }: Pick<AppLoadContext, "house">,
  work: { id: string; slug: string; kind: "book" | "album" },
  locale: Locale,
) {
  const address = addressesAt(house.settings.publicUrl);
  const { links } = feedsWords(locale);
  const page = address("work", locale, { slug: work.slug });
  const link = (type: string, href: string, title: string) => ({
    ...{ tagName: "link" as const, rel: "alternate", type, href, title },
  });
  return [
    link("application/ld+json", recordAddress({ house }, "work", work.id), links.record),
    link("application/json+oembed", address("oembed", locale, {}, { url: page, format: "json" }), links.card),
    ...(work.kind === "album"
      ? [link("application/rss+xml", address("albumRss", locale, { slug: work.slug }), links.album)]
      : []),
  ];
}
