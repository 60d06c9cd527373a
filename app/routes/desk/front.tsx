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
import { FormNotice } from "#app/components/field.tsx";
import { OrderList } from "#app/components/order-list.tsx";
import { DoneNotice } from "#app/components/studio-frame.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { slugList } from "#app/http/slug-list.ts";
import { listCollections, worksBySlug } from "#domain/catalogue/collection-queries.server.ts";
import { composeFront, dropFrontDraft, showFront } from "#domain/catalogue/compose-front.server.ts";
import { type FrontPage, type FrontSection, frontToCompose } from "#domain/catalogue/front-queries.server.ts";
import { moved, ordered, plainKinds, type SectionWish } from "#domain/catalogue/front-sections.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { dateTime } from "#i18n/formats.ts";
import { frontWords } from "#i18n/front.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { DeskTabs } from "./desk-head.tsx";
import { AddSection } from "./front-parts.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "composeShop");
  const [front, collections, coops] = await Promise.all([
    frontToCompose(db),
    listCollections(db, viewer.id),
    listCoops(db),
  ]);
  return {
    front,
    sections: sectionsOf(front).map(nameOf),
    collections: collections.map(({ id, title }) => ({ id, title })),
    coops: coops.map(({ id, name }) => ({ id, name })),
    shown: url.searchParams.has("montree"),
  };
}

/** What is composed from: the draft, what is shown, or the page as it is when nobody composed it. */
const sectionsOf = (front: FrontPage | null): FrontSection[] =>
  front?.sections ??
  plainKinds.map((kind) => ({ id: kind, kind, words: {}, collection: null, work: null, coop: null }));

/** What the list says of a section. */
const nameOf = ({ id, kind, collection, work, coop }: FrontSection) => ({
  ...{ id, kind },
  title: collection?.title ?? null,
  name: work?.title ?? coop?.name ?? null,
});

const sentence = z.string().trim().max(500, "tooLong").default("");
const form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("plain"), kind: z.enum(plainKinds) }),
  z.object({ act: z.literal("collection"), collection: z.uuid() }),
  z.object({ act: z.literal("coop"), coop: z.uuid() }),
  z.object({ act: z.literal("pick"), work: slugList, fr: sentence, en: sentence }),
  z.object({ act: z.enum(["up", "down", "out"]), item: z.string().max(40) }),
  z.object({ act: z.literal("order"), order: z.array(z.string().max(40)).max(50) }),
  z.object({ act: z.literal("show") }),
  z.object({ act: z.literal("drop") }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStaff(args, "composeShop");
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  const by = viewer.id;
  const [picked] = wish.act === "pick" ? await worksBySlug(db, wish.work.slice(0, 1)) : [];
  const values: Record<string, string> =
    wish.act === "pick" ? { work: wish.work.join("\n"), fr: wish.fr, en: wish.en } : {};
  if (wish.act === "pick" && !picked) return sendBack({ errors: { work: "invalid" }, values });
  const done = await orRefuse(locale, async () => {
    if (wish.act === "show") return showFront(db, house, { by });
    if (wish.act === "drop") return dropFrontDraft(db, { by });
    const sections = sectionsOf(await frontToCompose(db));
    const next = (): { id: string; wish: SectionWish }[] => {
      const now = sections.map((section) => ({ id: section.id, wish: wishOf(section) }));
      switch (wish.act) {
        case "plain":
          return [...now, { id: "new", wish: { kind: wish.kind } }];
        case "collection":
          return [...now, { id: "new", wish: { kind: "collection", collectionId: wish.collection } }];
        case "coop":
          return [...now, { id: "new", wish: { kind: "coop", coopId: wish.coop } }];
        case "pick": {
          const words = { ...(wish.fr && { fr: wish.fr }), ...(wish.en && { en: wish.en }) };
          return [...now, { id: "new", wish: { kind: "pick", ...(picked && { workId: picked.id }), words } }];
        }
        case "order":
          return ordered(now, wish.order, ({ id }) => id);
        default:
          return moved(
            now,
            now.findIndex(({ id }) => id === wish.item),
            wish.act,
          );
      }
    };
    return composeFront(db, house, { by, sections: next().map((each) => each.wish) });
  });
  if (!done.ok) return sendBack({ ...done.answer, values });
  return redirect(pathTo("deskFront", locale, {}, wish.act === "show" ? { montree: 1 } : {}), 303);
}

const wishOf = ({ kind, collection, work, coop, words }: FrontSection): SectionWish => ({
  ...{ kind, words },
  ...(collection && { collectionId: collection.id }),
  ...(work && { workId: work.id }),
  ...(coop && { coopId: coop.id }),
});

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${frontWords(locale).front.title} · ${deskWords(locale).title}` }];
};

/** The front page, as it is being composed. */
export default function Front() {
  const { front, sections, collections, coops, shown } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = frontWords(locale).front;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      {shown && !answer && <DoneNotice>{words.shown}</DoneNotice>}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
        <p className="small soft">{standing(locale, front)}</p>
      </header>
      <div className="compose">
        <section aria-labelledby="sections" className="stack">
          <h2 id="sections">{words.sections}</h2>
          {sections.length === 0 ? (
            <p className="empty">{words.none}</p>
          ) : (
            <OrderList
              locale={locale}
              label={words.sections}
              items={sections.map(({ id, kind, title, name }) => {
                const said = title ? (title[locale] ?? title.fr ?? "") : name;
                return {
                  id,
                  title: said ? `${words.kinds[kind]}, ${said}` : words.kinds[kind],
                  shown: (
                    <span>
                      {words.kinds[kind]} {said && <span className="soft">{said}</span>}
                    </span>
                  ),
                };
              })}
            />
          )}
          <Form method="post" className="row">
            <Link className="button quiet" to={pathTo("deskFrontPreview", locale)}>
              {words.preview}
            </Link>
            {front && front.shownAt === null && (
              <>
                <button type="submit" name="act" value="show" className="button">
                  {words.show}
                </button>
                <button type="submit" name="act" value="drop" className="link-button small">
                  {words.drop}
                </button>
              </>
            )}
          </Form>
        </section>
        <AddSection
          {...{ collections, coops, answer, locale }}
          taken={sections.map(({ kind }) => kind)}
          key={sections.length}
        />
      </div>
    </div>
  );
}

/** Who composed what is here, and whether it is shown. */
function standing(
  locale: Locale,
  front: { madeAt: Date; madeBy: string | null; shownAt: Date | null; shownBy: string | null } | null,
): string {
  const words = frontWords(locale).front;
  if (!front) return words.asToday;
  return front.shownAt
    ? words.shownBy(front.shownBy ?? "", dateTime(locale, front.shownAt))
    : words.draftBy(front.madeBy ?? "", dateTime(locale, front.madeAt));
}
