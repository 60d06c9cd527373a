import "#app/styles/shop.css";
import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { coverAddress } from "#app/components/cover-address.ts";
import { JsonLd } from "#app/components/json-ld.tsx";
import { WorkCard } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { movedOrMissing } from "#app/http/moved.server.ts";
import { wantsRecord } from "#app/http/wants-record.ts";
import { movedAgent } from "#domain/catalogue/moved-queries.server.ts";
import { findAgent } from "#domain/catalogue/queries.server.ts";
import { followingWords } from "#i18n/following.ts";
import { list } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { agentJsonLd, recordAddress } from "./json-ld.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const slug = args.params.slug ?? "";
  const [agent, record] = await Promise.all([
    findAgent(db, slug),
    viewer ? null : agentJsonLd(args.context, slug),
  ]);
  if (!agent)
    throw await movedOrMissing(movedAgent(db, { slug }), (to) => pathTo("agent", locale, { slug: to.slug }));
  if (record && wantsRecord(args.request.headers.get("accept")))
    throw redirect(recordAddress(args.context, "agent", record.id), {
      status: 303,
      headers: { vary: "accept" },
    });
  // Their newest cover stands for them where the page is shared.
  const cover = agent.works.find(({ card }) => card.cover)?.card.cover;
  const image = cover ? house.settings.publicUrl + coverAddress(locale, cover) : undefined;
  return { ...agent, image, jsonLd: record?.script ?? null };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return data
    ? head(locale, {
        title: data.name,
        description: data.about[locale] ?? data.about.fr,
        image: data.image,
        type: "profile",
      })
    : [];
};

/** Where identifiers lead; those of other schemes are shown nowhere. */
const elsewhere: Record<string, { name: string; to: (value: string) => string }> = {
  isni: { name: "ISNI", to: (value) => `https://isni.org/isni/${value.replace(/\s/g, "")}` },
  wikidata: { name: "Wikidata", to: (value) => `https://www.wikidata.org/entity/${value}` },
  viaf: { name: "VIAF", to: (value) => `https://viaf.org/viaf/${value}` },
  musicbrainz: { name: "MusicBrainz", to: (value) => `https://musicbrainz.org/artist/${value}` },
  orcid: { name: "ORCID", to: (value) => `https://orcid.org/${value}` },
};

/** A person or group, as the catalogue knows them. */
export default function Agent() {
  const { name, slug, about, works, coop, identifiers, jsonLd } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = shopWords(locale);
  const text = about[locale] ?? about.fr ?? about.en;
  const links = identifiers.filter(({ scheme }) => scheme in elsewhere);
  return (
    <div className="page agent">
      <JsonLd script={jsonLd} />
      <header className="agent-head stack">
        <h1>{name}</h1>
        {text && (
          <p className="lead" lang={about[locale] ? undefined : about.fr ? "fr" : "en"}>
            {text}
          </p>
        )}
        {coop && (
          <p className="soft">
            {words.agent.of} <Link to={pathTo("coop", locale, { slug: coop.slug })}>{coop.name}</Link>
          </p>
        )}
        <p>
          <Link
            className="button quiet small"
            to={pathTo("following", locale, {}, { qui: slug })}
            rel="nofollow"
          >
            {followingWords(locale).follow.link}
            <span className="visually-hidden"> {name}</span>
          </Link>
        </p>
        {links.length > 0 && (
          <p className="small soft">
            {words.agent.elsewhere} :{" "}
            {links.map(({ scheme, value }, i) => (
              <span key={scheme + value}>
                {i > 0 && ", "}
                <a href={elsewhere[scheme]?.to(value)} rel="me noopener">
                  {elsewhere[scheme]?.name}
                </a>
              </span>
            ))}
          </p>
        )}
      </header>
      <section aria-labelledby="works">
        <h2 id="works" className="shelf-title">
          {words.agent.works}
        </h2>
        {works.length === 0 ? (
          <p className="soft">{words.agent.none}</p>
        ) : (
          <ul className="shelf plain-list">
            {works.map(({ card, roles }) => (
              <li key={card.slug}>
                <WorkCard
                  work={card}
                  locale={locale}
                  note={list(
                    locale,
                    roles.map((role) => words.roles[role] ?? role),
                  )}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
