import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import { findHarvested, harvestFacts, harvestPage } from "#domain/feeds/harvest-queries.server.ts";
import { readHarvest, resumptionToken } from "#domain/feeds/harvest-request.ts";
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
      return send(work ? oaiRecord(to, work, wish.format) : oaiError(to, "idDoesNotExist"));
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
      return send(oaiList(to, wish, works, token));
    }
  }
}
