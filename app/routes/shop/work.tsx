import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { BundleLinks } from "#app/components/bundle-links.tsx";
import { Buy } from "#app/components/buy.tsx";
import { Cover } from "#app/components/cover.tsx";
import { coverAddress } from "#app/components/cover-address.ts";
import { Facts } from "#app/components/facts.tsx";
import { JsonLd } from "#app/components/json-ld.tsx";
import { People } from "#app/components/people.tsx";
import { Sharing } from "#app/components/sharing.tsx";
import { Tracks } from "#app/components/tracks.tsx";
import { langOf, Shelf } from "#app/components/work-card.tsx";
import { readAmount, typedAmount } from "#app/http/amount.ts";
import { keepCart, readCart } from "#app/http/cart.server.ts";
import { enter, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { movedOrMissing } from "#app/http/moved.server.ts";
import { freshSeed, idOnce, seedField } from "#app/http/once.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { wantsRecord } from "#app/http/wants-record.ts";
import { byline, creditsByPerson } from "#domain/catalogue/byline.ts";
import { movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { findWorkPage, worksNearby } from "#domain/catalogue/queries.server.ts";
import { findHearing } from "#domain/delivery/hearing-queries.server.ts";
import { smallestCharge } from "#domain/money/amount.ts";
import { bundlesOfWork } from "#domain/offers/bundle-queries.server.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { putInCart } from "#domain/sales/cart.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import { number, plainMoney } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { reportWords } from "#i18n/reports.ts";
import { shopWords } from "#i18n/shop.ts";
import { heardTracks } from "./heard-tracks.ts";
import { jsonLd, machineLinks, recordAddress } from "./json-ld.server.ts";
import { sharingFigure } from "./sharing-figure.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const slug = args.params.slug ?? "";
  // Machines bring no session: whoever does is spared the third query.
  const [work, hearing, nearby, cart, bundles, record] = await Promise.all([
    findWorkPage(db, house, { slug, personId: viewer?.id ?? null }),
    findHearing(db, { slug, personId: viewer?.id ?? null }),
    worksNearby(db, slug, 6),
    readCart(args.request, house.settings),
    bundlesOfWork(db, slug),
    viewer ? null : jsonLd(args.context, slug),
  ]);
  if (!work)
    throw await movedOrMissing(movedWork(db, { slug }), (to) => pathTo("work", locale, { slug: to.slug }));
  if (work.state === "published" && wantsRecord(args.request.headers.get("accept")))
    throw redirect(recordAddress(args.context, "work", work.id), {
      status: 303,
      headers: { vary: "accept" },
    });
  const { sharing: _, tracks, ...shown } = work;
  const publicUrl = house.settings.publicUrl;
  return {
    work: shown,
    tracks: heardTracks(tracks, hearing),
    freePlays: hearing?.freePlays ?? null,
    figure: sharingFigure(work),
    nearby,
    bundles,
    inCart: cart.find(({ workId }) => workId === work.id) ?? null,
    email: viewer?.email ?? "",
    seed: freshSeed(),
    image: work.cover && publicUrl + coverAddress(locale, work.cover),
    jsonLd: record,
    links: work.state === "published" ? machineLinks(args.context, work, locale) : [],
  };
}

const order = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add") }),
  z.object({ intent: z.literal("name"), price: typedAmount }),
  z.object({ intent: z.literal("claim"), email: z.email("email").max(254), seed: seedField }),
]);

/** Into the cart, at the price shown or named; or, of what is free, straight to the library. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const slug = args.params.slug ?? "";
  const form = await readForm(args.request, order);
  if (!form.ok) return sendBack(form.answer);
  const work = await findWorkPage(db, house, { slug, personId: null });
  if (!work) throw missing();
  const wish = form.value;
  if (wish.intent === "claim") {
    const email = wish.email.toLowerCase();
    const claimed = await orRefuse(locale, async () => {
      pace(args.context, "order");
      return claimFree(db, house, {
        saleId: idOnce(wish.seed, [email, slug]),
        email,
        personId: viewer?.email === email ? viewer.id : null,
        locale,
        lines: [{ workId: work.id, price: 0 }],
      });
    });
    if (!claimed.ok) return sendBack({ ...claimed.answer, values: { email: wish.email } });
    return redirect(
      pathTo("thanks", locale, { access: accessOf(house.settings.sessionSecret, claimed.value.saleId) }),
      303,
    );
  }
  // What was typed is read in the work's currency: « 1500 » of yen is not fifteen.
  const { amount: least, currency } = work.price;
  const named = wish.intent === "name" ? readAmount(wish.price, currency) : least;
  if (named === null)
    return sendBack({
      errors: { price: "money" },
      values: { price: wish.intent === "name" ? wish.price : "" },
    });
  const price = work.price.kind === "open" ? named : least;
  const values: Record<string, string> =
    wish.intent === "name" ? { price: plainMoney(locale, named, currency) } : {};
  if (price < least || (price > 0 && price < smallestCharge(currency)))
    return sendBack({ refusal: refusalWords(locale, "price_below_minimum", { title: work.title }), values });
  const kept = await orRefuse(locale, async () => {
    const lines = await readCart(args.request, house.settings);
    return keepCart(putInCart({ lines }, { workId: work.id, price }).lines, house.settings);
  });
  if (!kept.ok) return sendBack({ ...kept.answer, values });
  return redirect(pathTo("work", locale, { slug }), { status: 303, headers: { "set-cookie": kept.value } });
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  if (!data) return [];
  const { work, image, links } = data;
  const by = byline(work.kind, work.credits).map(({ name }) => name);
  const told = head(locale, {
    title: by.length > 0 ? `${work.title}, ${by.slice(0, 3).join(", ")}` : work.title,
    description: work.description[locale] ?? work.description.fr ?? work.description.en,
    ...(image && { image }),
    type: work.kind === "book" ? "book" : "music.album",
    hidden: work.state !== "published",
  });
  return [...told, ...links];
};

/** The page of a work. */
export default function Work() {
  const { work, tracks, freePlays, figure, nearby, bundles, inCart, email, seed, jsonLd } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = shopWords(locale);
  const lang = langOf(work, locale);
  const people = byline(work.kind, work.credits);
  const told = work.description[locale] ?? work.description.fr ?? work.description.en;
  const toldLang = work.description[locale] ? undefined : work.description.fr ? "fr" : "en";
  return (
    <div className={`page work ${work.kind}`}>
      <JsonLd script={jsonLd} />
      {work.state !== "published" && (
        <p className="notice warn">
          {work.state === "withdrawn" ? words.work.withdrawn : words.work.preview}
        </p>
      )}
      <div className="work-front">
        <div className="work-cover">
          <Cover work={work} locale={locale} sizes="(max-width: 52rem) 60vw, 24rem" named eager />
          {work.samplePages > 0 && (
            <Link
              className="button quiet wide"
              to={pathTo("sample", locale, { slug: work.slug })}
              prefetch="intent"
            >
              {words.work.leaf}
            </Link>
          )}
          {work.sampleEpub && (
            // The reader has a policy of its own, which comes with a page of its own.
            <a className="button quiet wide" href={pathTo("sampleReader", locale, { slug: work.slug })}>
              {words.work.readSample}
            </a>
          )}
          {work.sampleEpub && (
            <a className="small" href={pathTo("media", locale, { id: work.sampleEpub.id })} download>
              {words.work.sampleEpub}
            </a>
          )}
        </div>
        <div className="work-words">
          <header>
            {work.series && (
              <p className="work-series">
                {words.work.series(
                  work.series.name,
                  work.series.position === undefined ? null : number(locale, work.series.position),
                )}
              </p>
            )}
            <h1 lang={lang}>{work.title}</h1>
            {work.subtitle && (
              <p className="work-subtitle" lang={lang}>
                {work.subtitle}
              </p>
            )}
            {people.length > 0 && (
              <p className="work-by">
                <People people={people} locale={locale} />
              </p>
            )}
            <p className="soft">
              {words.work.publishedBy}{" "}
              <Link to={pathTo("coop", locale, { slug: work.coop.slug })}>{work.coop.name}</Link>
            </p>
          </header>
          {work.state === "published" && (
            <Buy work={work} inCart={inCart} email={email} seed={seed} answer={answer} locale={locale} />
          )}
          <BundleLinks bundles={bundles} locale={locale} />
          {told && (
            <section aria-labelledby="told" className="work-told">
              <h2 id="told" className="visually-hidden">
                {words.work.about[work.kind]}
              </h2>
              <div className="prose" lang={toldLang}>
                {told.split(/\n{2,}/).map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </div>
            </section>
          )}
          {tracks.length > 0 && (
            <Tracks
              work={work}
              tracks={tracks}
              durationMs={work.durationMs}
              freePlays={freePlays}
              locale={locale}
              lang={lang}
            />
          )}
        </div>
      </div>
      <div className="work-back">
        <div className="work-made">
          {figure && <Sharing figure={figure} coop={work.coop} locale={locale} />}
          <section aria-labelledby="people">
            <h2 id="people">{words.work.people}</h2>
            <ul className="credits plain-list">
              {creditsByPerson(work.credits).map(({ slug, name, roles }) => (
                <li key={slug}>
                  <Link to={pathTo("agent", locale, { slug })}>{name}</Link>
                  <span className="soft">{roles.map((role) => words.roles[role] ?? role).join(", ")}</span>
                </li>
              ))}
            </ul>
            {work.contents.length > 0 && (
              <details className="contents">
                <summary>
                  <h2>{words.work.contents}</h2>
                </summary>
                <ol className="plain-list" lang={lang}>
                  {work.contents.map(({ title, depth }, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: chapters may bear the same title; their order does not change
                    <li key={i} style={{ paddingInlineStart: `${(depth - 1) * 1.2}rem` }}>
                      {title}
                    </li>
                  ))}
                </ol>
              </details>
            )}
          </section>
        </div>
        <div>
          <Facts work={work} locale={locale} />
          {work.state === "published" && (
            <p className="small">
              <Link className="soft" to={pathTo("report", locale, { slug: work.slug })} rel="nofollow">
                {reportWords(locale).form.link}
              </Link>
            </p>
          )}
        </div>
      </div>
      {nearby.length > 0 && (
        <section aria-labelledby="nearby" className="work-nearby">
          <h2 id="nearby" className="shelf-title">
            {words.work.nearby}
          </h2>
          <Shelf works={nearby} locale={locale} />
        </section>
      )}
    </div>
  );
}
