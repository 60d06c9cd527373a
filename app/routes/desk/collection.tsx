import "#app/styles/desk.css";
import "#app/styles/front.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { OrderList } from "#app/components/order-list.tsx";
import { DoneNotice } from "#app/components/studio-frame.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { slugList } from "#app/http/slug-list.ts";
import {
  findOwnCollection,
  type OwnCollection,
  worksBySlug,
} from "#domain/catalogue/collection-queries.server.ts";
import { composeCollection } from "#domain/catalogue/compose-collection.server.ts";
import { moved, ordered } from "#domain/catalogue/front-sections.ts";
import { showCollection } from "#domain/catalogue/show-collection.server.ts";
import { date } from "#i18n/formats.ts";
import { frontWords } from "#i18n/front.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { CollectionWords, collectionWords } from "./collection-words.tsx";
import { DeskTabs } from "./desk-head.tsx";

async function enterCollection(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "composeShop");
  const id = z.uuid().safeParse(args.params.id);
  const collection = id.success ? await findOwnCollection(door.db, door.viewer.id, id.data) : null;
  if (!collection) throw missing();
  return { ...door, collection };
}

export async function loader(args: LoaderFunctionArgs) {
  const { collection, url } = await enterCollection(args);
  return { collection, done: url.searchParams.has("fait") };
}

const form = z.discriminatedUnion("act", [
  collectionWords.extend({ act: z.literal("words") }),
  z.object({ act: z.literal("add"), addresses: slugList }),
  z.object({ act: z.enum(["up", "down", "out"]), item: z.uuid() }),
  z.object({ act: z.literal("order"), order: z.array(z.uuid()).max(200) }),
  z.object({ act: z.enum(["show", "hide"]) }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, collection } = await enterCollection(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  const at = { collectionId: collection.id, by: viewer.id };
  const ids = collection.works.map(({ id }) => id);
  const back = (query = {}) => redirect(pathTo("deskCollection", locale, { id: collection.id }, query), 303);
  let unknown: string[] = [];
  const done = await orRefuse(locale, async () => {
    switch (wish.act) {
      case "words":
        return composeCollection(db, house, {
          ...at,
          title: { fr: wish.titleFr, en: wish.titleEn },
          about: { fr: wish.aboutFr, en: wish.aboutEn },
        });
      case "add": {
        const found = await worksBySlug(db, wish.addresses);
        unknown = wish.addresses.filter((slug) => !found.some((work) => work.slug === slug));
        return composeCollection(db, house, {
          ...at,
          workIds: [...new Set([...ids, ...found.map(({ id }) => id)])],
        });
      }
      case "order":
        return composeCollection(db, house, { ...at, workIds: ordered(ids, wish.order, (id) => id) });
      case "show":
      case "hide":
        return showCollection(db, house, { ...at, shown: wish.act === "show" });
      default:
        return composeCollection(db, house, {
          ...at,
          workIds: moved(ids, ids.indexOf(wish.item), wish.act),
        });
    }
  });
  if (!done.ok) return sendBack(done.answer);
  if (unknown.length > 0)
    return sendBack({
      refusal: frontWords(locale).collections.unknown(unknown.slice(0, 5).join(", ")),
      values: { addresses: unknown.join("\n") },
    });
  return back(wish.act === "words" ? { fait: 1 } : {});
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${data?.collection.title.fr ?? ""} · ${frontWords(locale).collections.title}` }];
};

/** One selection: its words, its works in order, and whether it is shown. */
export default function Collection() {
  const { collection, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = frontWords(locale).collections;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      {done && !answer && <DoneNotice>{words.saved}</DoneNotice>}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <p className="small soft">
          <Link to={pathTo("deskCollections", locale)}>{words.title}</Link> · {collection.coopName}
        </p>
        <h1>{collection.title[locale] ?? collection.title.fr}</h1>
      </header>
      <div className="compose">
        <section aria-labelledby="contents" className="stack">
          <h2 id="contents">{words.contents}</h2>
          <Works collection={collection} locale={locale} />
        </section>
        <div className="stack stack-loose">
          <Shown collection={collection} locale={locale} />
          <section aria-labelledby="add" className="card stack">
            <h2 id="add">{words.add}</h2>
            <Form method="post" className="stack" key={collection.works.length}>
              <TextArea
                locale={locale}
                name="addresses"
                label={words.addresses}
                hint={words.addressesHint}
                answer={answer}
                rows={3}
                required
              />
              <button type="submit" name="act" value="add" className="button">
                {words.addThem}
              </button>
            </Form>
          </section>
          <section aria-labelledby="words" className="card stack">
            <h2 id="words">{words.words}</h2>
            <Form method="post" className="stack">
              <CollectionWords
                title={collection.title}
                about={collection.about}
                answer={answer}
                locale={locale}
              />
              <button type="submit" name="act" value="words" className="button quiet">
                {words.save}
              </button>
            </Form>
          </section>
        </div>
      </div>
    </div>
  );
}

type Part = { collection: OwnCollection; locale: Locale };

function Works({ collection, locale }: Part) {
  const words = frontWords(locale).collections;
  if (collection.works.length === 0) return <p className="empty">{words.noWorks}</p>;
  return (
    <OrderList
      locale={locale}
      label={words.contents}
      items={collection.works.map((work) => ({
        id: work.id,
        title: work.title,
        shown: (
          <>
            <Cover work={work} locale={locale} sizes="3rem" />
            <span>
              {work.title} <span className="small soft">{work.coopName}</span>
            </span>
            {!work.inShop && <span className="small soft">{words.notInShop}</span>}
          </>
        ),
      }))}
    />
  );
}

function Shown({ collection, locale }: Part) {
  const words = frontWords(locale).collections;
  const since = collection.publishedAt;
  return (
    <Form method="post" className="card stack">
      {since ? (
        <>
          <p>
            {words.shownSince(date(locale, since))}{" "}
            <Link to={pathTo("collection", locale, { slug: collection.slug })}>{words.see}</Link>
          </p>
          <button type="submit" name="act" value="hide" className="button quiet">
            {words.hide}
          </button>
        </>
      ) : (
        <>
          <button type="submit" name="act" value="show" className="button">
            {words.show}
          </button>
          <p className="small soft">{words.showHint}</p>
        </>
      )}
    </Form>
  );
}
