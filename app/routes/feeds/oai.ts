import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { coverAddress } from "#app/components/cover-address.ts";
import { onixByWork } from "#domain/exchange/export-catalogue.server.ts";
import { findHarvested, harvestFacts, harvestPage } from "#domain/feeds/harvest-queries.server.ts";
import { type HarvestFormat, readHarvest, resumptionToken } from "#domain/feeds/harvest-request.ts";
import { oaiError, oaiFormats, oaiIdentify, oaiList, oaiRecord, oaiSets } from "#domain/feeds/oai.ts";
import { never } from "#domain/feeds/shop-feed.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { addressesAt } from "#i18n/paths.ts";

const recordsOnAPage = 100;

/** The catalogue for libraries and aggregators (OAI-PMH 2.0). */
export const loader = ({ request, context }: LoaderFunctionArgs) =>
  harvest(new URL(request.url).searchParams, context);

/** The same, asked by a form: the protocol wants both. */
export async function action({ request, context }: ActionFunctionArgs) {
  return harvest(new URLSearchParams(await request.text()), context);
}

async function harvest(asked: URLSearchParams, context: AppLoadContext): Promise<Response> {
  const { db, house } = context;
  const { publicUrl, mail } = house.settings;
  const host = new URL(publicUrl).hostname;
  const to = { address: addressesAt(publicUrl), host, now: house.clock.now(), asked };
  const send = (body: string) =>
    new Response(body, {
      headers: { "content-type": "text/xml;charset=utf-8", "cache-control": "public, max-age=60" },
    });
  const onixOf = async (format: HarvestFormat, works: readonly { id: string; record: unknown }[]) =>
    format === "onix_3.1"
      ? onixByWork(db, house, {
          workIds: works.flatMap(({ id, record }) => (record ? id : [])),
          sender: feedsWords("fr").site,
          addresses: {
            work: (slug) => to.address("work", "fr", { slug }),
            cover: (cover) => publicUrl + coverAddress("fr", cover),
          },
        })
      : new Map<string, string>();
  const wish = readHarvest(asked, host);
  if ("error" in wish) return send(oaiError(to, wish.error));
  switch (wish.verb) {
    case "Identify": {
      const { earliest } = await harvestFacts(db);
      // « ventes.coop <bonjour@ventes.coop> » or the bare address.
      const email = /<([^>]+)>/.exec(mail.from)?.[1] ?? mail.from;
      return send(oaiIdentify(to, { name: feedsWords("fr").site, email, earliest: earliest ?? never }));
    }
    case "ListSets":
      return send(oaiSets(to, await harvestFacts(db)));
    case "ListMetadataFormats": {
      const unknown = wish.id !== null && !(await findHarvested(db, wish.id));
      return send(unknown ? oaiError(to, "idDoesNotExist") : oaiFormats(to));
    }
    case "GetRecord": {
      const work = await findHarvested(db, wish.id);
      if (!work) return send(oaiError(to, "idDoesNotExist"));
      return send(oaiRecord(to, work, wish.format, await onixOf(wish.format, [work])));
    }
    default: {
      const { works, more } = await harvestPage(db, {
        ...wish,
        limit: recordsOnAPage,
        records: wish.verb === "ListRecords",
      });
      const last = works.at(-1);
      if (!last && !wish.after) return send(oaiError(to, "noRecordsMatch"));
      const token = more && last ? resumptionToken(wish, last) : wish.after ? "" : null;
      const onix = await onixOf(wish.format, wish.verb === "ListRecords" ? works : []);
      return send(oaiList(to, wish, works, token, onix));
    }
  }
}
