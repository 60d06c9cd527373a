import { type AppLoadContext, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { wantsRecord } from "#app/http/wants-record.ts";
import { movedAgent, movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { type AddressOf, type IdentityNoun, identityOf } from "#domain/feeds/addresses.ts";
import { findAgentIdentity, findIdentity, type Identified } from "#domain/feeds/identity-queries.server.ts";
import { agentNode, coopNode, graphOf, seriesKey, workGraph } from "#domain/feeds/json-ld.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { newestRecords } from "#domain/feeds/shelf-queries.server.ts";
import { addressesAt } from "#i18n/paths.ts";
import { latest, sendFeed } from "./send-feed.server.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nouns: readonly string[] = ["work", "edition", "recording", "agent", "coop", "series"];

/**
 * The name of a thing of the catalogue: leads people to its page and machines to its record (303, by `Accept`). The record itself
 * is the same address with `.jsonld`. A work that left the shop is gone (410), not unknown.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { noun = "", id: named = "" } = params;
  if (!nouns.includes(noun)) throw missing();
  const address: AddressOf = addressesAt(context.house.settings.publicUrl);
  const id = named.replace(/\.jsonld$/, "");
  const found = await findIdentity(context.db, noun as IdentityNoun, id);
  if (!found || found.gone) {
    // Joined to another: its name leads to that other's for good, its record to the other's record.
    const to = uuid.test(id) && (await movedTo(context.db, noun, id));
    if (to) throw redirect(identityOf(address, noun as IdentityNoun, to.id) + named.slice(id.length), 301);
  }
  if (!found) throw missing();
  if (found.gone) throw new Response(null, { status: 410 });
  if (id !== named) {
    const told = await describe(context.db, found, address);
    if (!told) throw missing();
    return sendFeed(request, {
      body: JSON.stringify(told.document),
      type: "application/ld+json",
      updatedAt: told.updatedAt,
    });
  }
  const headers = { vary: "accept", "cache-control": "public, max-age=300" };
  if (wantsRecord(request.headers.get("accept")))
    return redirect(`${identityOf(address, noun as IdentityNoun, id)}.jsonld`, { status: 303, headers });
  const locale = /^\s*en\b/i.test(request.headers.get("accept-language") ?? "") ? "en" : "fr";
  const page =
    found.page === "series"
      ? address("browse", locale, {}, { q: found.name })
      : address(found.page, locale, { slug: found.slug });
  return redirect(page, { status: 303, headers: { ...headers, vary: "accept, accept-language" } });
}

const movedTo = async (db: AppLoadContext["db"], noun: string, id: string) =>
  noun === "work" ? movedWork(db, { id }) : noun === "agent" ? movedAgent(db, { id }) : null;

/** The record of what was found: a work whole, an agent, co-op or series with the names of its works. */
async function describe(db: AppLoadContext["db"], found: Identified, address: AddressOf) {
  const works = (ids: readonly string[]) =>
    ids.length > 0 ? ids.map((id) => ({ "@id": identityOf(address, "work", id) })) : undefined;
  if (found.page === "work") {
    const work = await findRecord(db, { id: found.id });
    return work && { document: graphOf(workGraph(work, address)), updatedAt: work.updatedAt };
  }
  if (found.page === "agent") {
    const known = await findAgentIdentity(db, found.slug);
    if (!known) return null;
    const subjectOf = works(known.works)?.map((work) => ({ ...work, "@type": "CreativeWork" }));
    return { document: graphOf([{ ...agentNode(known.agent, address), subjectOf }]), updatedAt: null };
  }
  if (found.page === "coop") {
    const coop = await newestRecords(db, { coop: found.slug }, 500);
    if (!coop) return null;
    const publisher = { "@id": identityOf(address, "coop", coop.id) };
    const published = (works(coop.works.map(({ id }) => id)) ?? []).map((work) => ({
      ...work,
      "@type": "CreativeWork",
      publisher,
    }));
    return { document: graphOf([coopNode(coop, address), ...published]), updatedAt: latest(coop.works) };
  }
  const { name, coop } = found;
  const series = {
    "@type": "CreativeWorkSeries",
    "@id": identityOf(address, "series", seriesKey(coop.id, name)),
    name,
    publisher: { "@id": identityOf(address, "coop", coop.id) },
    hasPart: works(found.works),
  };
  return { document: graphOf([series, coopNode(coop, address)]), updatedAt: null };
}
