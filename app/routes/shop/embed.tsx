import "#app/styles/shop.css";
import "#app/styles/embed.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Cover } from "#app/components/cover.tsx";
import { Excerpt } from "#app/components/excerpt.tsx";
import { tunesOf } from "#app/components/player/tunes.ts";
import { priceWords } from "#app/components/price.tsx";
import { langOf } from "#app/components/work-card.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { byline } from "#domain/catalogue/byline.ts";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { findHearing } from "#domain/delivery/hearing-queries.server.ts";
import { duration, list } from "#i18n/formats.ts";
import { hearingWords } from "#i18n/hearing.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { heardTracks } from "./heard-tracks.ts";

export const handle = { frame: "player" };

export async function loader(args: LoaderFunctionArgs) {
  const { db, house } = await enter(args);
  const slug = args.params.slug ?? "";
  // For everybody the same: what stands on another site tells nothing of who looks at it.
  const [page, hearing] = await Promise.all([
    findWorkPage(db, house, { slug, personId: null }),
    findHearing(db, { slug, personId: null }),
  ]);
  if (page?.kind !== "album") throw missing();
  const { id, kind, title, language, credits, coop, price, cover, tracks } = page;
  return {
    work: { id, slug, kind, title, language, credits, coop, price, cover },
    tracks: heardTracks(tracks, hearing),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return data ? head(locale, { title: hearingWords(locale).embed.title(data.work.title), hidden: true }) : [];
};

/** An album to be heard on another site, with the way to buy it here. Its links open beside that site. */
export default function Embed() {
  const { work, tracks } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = hearingWords(locale).embed;
  const lang = langOf(work, locale);
  const page = pathTo("work", locale, { slug: work.slug });
  const tunes = tunesOf(work, tracks, locale, lang);
  return (
    <div className="embed">
      <header className="embed-head">
        <div className="embed-cover">
          <Cover work={work} locale={locale} sizes="6rem" eager />
        </div>
        <div>
          <h1 lang={lang}>
            <a href={page} target="_blank" rel="noopener">
              {work.title}
            </a>
          </h1>
          <p>
            {list(
              locale,
              byline(work.kind, work.credits).map(({ name }) => name),
            )}
          </p>
          <p className="embed-buy">
            <a className="button small" href={page} target="_blank" rel="noopener">
              {words.buy}
              <span className="visually-hidden">, {work.title}</span>
            </a>
            <span className="small soft">
              {priceWords(locale, work.price)} · {words.on}
            </span>
          </p>
        </div>
      </header>
      {tunes.length === 0 ? (
        <p className="soft">{words.none}</p>
      ) : (
        <ol className="plain-list" lang={lang}>
          {tunes.map((tune, index) => (
            <li key={tune.id} className="embed-track">
              <span>{tune.title}</span>
              {tune.durationMs !== null && <span className="track-length">{duration(tune.durationMs)}</span>}
              <Excerpt tunes={tunes} index={index} locale={locale} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
