import "#app/styles/desk.css";
import "#app/styles/front.css";
import "#app/styles/offers.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField } from "#app/components/field.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { type CollectionRow, listCollections } from "#domain/catalogue/collection-queries.server.ts";
import { makeCollection } from "#domain/catalogue/compose-collection.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date } from "#i18n/formats.ts";
import { frontWords } from "#i18n/front.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { CollectionWords, collectionWords } from "./collection-words.tsx";
import { DeskTabs } from "./desk-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, coopIds } = await enterStaff(args, "composeShop");
  const names = new Map(viewer.roles.map(({ coopId, coopName }) => [coopId, coopName]));
  return {
    collections: await listCollections(db, viewer.id),
    owners: coopIds.map((id) => ({ id, name: names.get(id) ?? "" })),
  };
}

const form = collectionWords.extend({ whose: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, coopIds } = await enterStaff(args, "composeShop");
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { whose: coopId, titleFr, titleEn, aboutFr, aboutEn } = given.value;
  if (!coopIds.includes(coopId)) throw missing();
  const made = await orRefuse(locale, () =>
    makeCollection(db, house, {
      ...{ coopId, by: viewer.id },
      title: { fr: titleFr, en: titleEn },
      about: { fr: aboutFr, en: aboutEn },
    }),
  );
  if (!made.ok) return sendBack({ ...made.answer, values: { titleFr, titleEn, aboutFr, aboutEn } });
  return redirect(pathTo("deskCollection", locale, { id: made.value.collectionId }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${frontWords(locale).collections.title} · ${deskWords(locale).title}` }];
};

/** The selections of works, and the form to begin one. */
export default function Collections() {
  const { collections, owners } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = frontWords(locale).collections;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <div className="compose">
        {collections.length === 0 ? (
          <div className="empty">
            <h2>{words.emptyTitle}</h2>
            <p className="soft">{words.empty}</p>
          </div>
        ) : (
          <ul className="plain-list coupons">
            {collections.map((collection) => (
              <Row key={collection.id} collection={collection} locale={locale} />
            ))}
          </ul>
        )}
        <section aria-labelledby="begin" className="card stack">
          <h2 id="begin">{words.begin}</h2>
          <Form method="post" className="stack">
            <FormNotice locale={locale} answer={answer} />
            {owners.length === 1 ? (
              <input type="hidden" name="whose" value={owners[0]!.id} />
            ) : (
              <SelectField locale={locale} name="whose" label={words.whose} answer={answer}>
                {owners.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </SelectField>
            )}
            <CollectionWords answer={answer} locale={locale} />
            <button type="submit" className="button">
              {words.make}
            </button>
          </Form>
        </section>
      </div>
    </div>
  );
}

function Row({ collection, locale }: { collection: CollectionRow; locale: Locale }) {
  const words = frontWords(locale).collections;
  const title = collection.title[locale] ?? collection.title.fr ?? "";
  const isShown = collection.publishedAt !== null;
  return (
    <li>
      <div className="row between baseline">
        <h2>
          {collection.isOurs ? (
            <Link to={pathTo("deskCollection", locale, { id: collection.id })}>{title}</Link>
          ) : (
            title
          )}
        </h2>
        <span className={`tag ${isShown ? "good" : "warn"}`}>{isShown ? words.shown : words.draft}</span>
      </div>
      <p className="small soft">
        {collection.coopName} · {words.works(collection.works)} ·{" "}
        {words.changed(date(locale, collection.changedAt))}
        {isShown && (
          <>
            {" · "}
            <Link to={pathTo("collection", locale, { slug: collection.slug })}>{words.see}</Link>
          </>
        )}
      </p>
    </li>
  );
}
