import "#app/styles/shop.css";
import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { placeName } from "#app/components/coop-panel.tsx";
import { coverAddress } from "#app/components/cover-address.ts";
import { JsonLd } from "#app/components/json-ld.tsx";
import { Shelf } from "#app/components/work-card.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { wantsRecord } from "#app/http/wants-record.ts";
import { findCoop } from "#domain/catalogue/queries.server.ts";
import { findWorks } from "#domain/catalogue/search-queries.server.ts";
import { ruleSteps } from "#domain/governance/rule.ts";
import { sentences } from "#domain/governance/rule-sentences.ts";
import { followingWords } from "#i18n/following.ts";
import { date, percent } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { coopJsonLd, recordAddress } from "./json-ld.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const slug = args.params.slug ?? "";
  const [coop, found] = await Promise.all([findCoop(db, house, slug), findWorks(db, { coop: slug, locale })]);
  if (!coop) throw missing();
  if (wantsRecord(args.request.headers.get("accept")))
    throw redirect(recordAddress(args.context, "coop", coop.id), {
      status: 303,
      headers: { vary: "accept" },
    });
  const rule = coop.rule && {
    inForceFrom: coop.rule.inForceFrom,
    votedAt: coop.rule.votedAt,
    sentences: sentences(ruleSteps.parse(coop.rule.steps)),
  };
  const cover = found.works.find((work) => work.cover)?.cover;
  return {
    ...{ coop, rule, works: found.works.slice(0, 12) },
    // Its newest cover stands for it where the page is shared.
    image: cover ? house.settings.publicUrl + coverAddress(locale, cover) : undefined,
    jsonLd: coopJsonLd(args.context, coop),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return data
    ? head(locale, {
        title: data.coop.name,
        description: data.coop.description[locale] ?? data.coop.description.fr,
        image: data.image,
      })
    : [];
};

/** A co-operative: what it is, what it publishes, the rule that its members voted. */
export default function Coop() {
  const { coop, rule, works, jsonLd } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const all = shopWords(locale);
  const words = all.coop;
  return (
    <div className="page coop" style={{ ["--coop" as string]: coop.accent }}>
      <JsonLd script={jsonLd} />
      <header className="coop-head stack">
        <h1>{coop.name}</h1>
        <p className="soft">
          {placeName(locale, coop.place)} · {all.legalForms[coop.legalForm]} ·{" "}
          {all.coops.members(coop.members)}
        </p>
        <p className="lead">{coop.description[locale] ?? coop.description.fr}</p>
        <p>
          <Link
            className="button quiet small"
            to={pathTo("following", locale, {}, { qui: coop.slug, de: "coop" })}
            rel="nofollow"
          >
            {followingWords(locale).follow.link}
            <span className="visually-hidden"> {coop.name}</span>
          </Link>
        </p>
      </header>
      <section aria-labelledby="newest">
        <div className="shelf-head">
          <h2 id="newest">{words.newest}</h2>
          <Link to={pathTo("browse", locale, {}, { coop: coop.slug })}>{words.all}</Link>
        </div>
        <Shelf works={works} locale={locale} eager={6} />
      </section>
      <div className="coop-about">
        <section aria-labelledby="rule" className="stack">
          <h2 id="rule">{words.rule}</h2>
          {rule ? (
            <>
              <p>{words.ruleLead(date(locale, new Date(rule.votedAt)))}</p>
              <ol className="rule-sentences">
                {rule.sentences.map((sentence) => (
                  <li key={sentence.code}>
                    {"bp" in sentence
                      ? words.sentences[sentence.code](percent(locale, sentence.bp / 100))
                      : words.sentences[sentence.code]()}
                  </li>
                ))}
              </ol>
            </>
          ) : (
            <p className="soft">{words.ruleNone}</p>
          )}
        </section>
        <section aria-labelledby="people" className="stack">
          <h2 id="people">{words.people}</h2>
          <ul className="names plain-list">
            {coop.people.map(({ slug, name }) => (
              <li key={slug}>
                <Link to={pathTo("agent", locale, { slug })}>{name}</Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
