import "#app/styles/shop.css";
import "#app/styles/library.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { enterSignedIn, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { type Followed, follow } from "#domain/following/follow.server.ts";
import { findFollowed, followsOf } from "#domain/following/follow-queries.server.ts";
import { giveAddress } from "#domain/following/give-address.server.ts";
import { unfollow } from "#domain/following/unfollow.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { followingWords } from "#i18n/following.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

const slug = z.string().regex(/^[a-z0-9-]{1,200}$/);
const kinds = z.enum(["agent", "coop"]);
const whomOf = (kind: "agent" | "coop", of: string): Followed =>
  kind === "coop" ? { coop: of } : { agent: of };

/** The page of a person or a co-op leads here with their name in the address: who is not signed in comes back here once they are. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterSignedIn(args);
  const asked = slug.safeParse(url.searchParams.get("qui"));
  const kind = kinds.catch("agent").parse(url.searchParams.get("de"));
  const [follows, found] = await Promise.all([
    followsOf(db, viewer.id),
    asked.success ? findFollowed(db, whomOf(kind, asked.data)) : null,
  ]);
  if (asked.success && !found) throw missing();
  const known = found && follows.some((each) => each.kind === kind && each.slug === found.slug);
  return { follows, asked: found && { ...found, kind, known: known === true }, email: viewer.email };
}

const form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("follow"), kind: kinds, slug }),
  z.object({ act: z.literal("unfollow"), follow: z.uuid() }),
  z.object({ act: z.enum(["give", "take-back"]), follow: z.uuid() }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enterSignedIn(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  if (wish.act === "unfollow") {
    await unfollow(db, { personId: viewer.id, followId: wish.follow });
    return redirect(pathTo("following", locale), 303);
  }
  if (wish.act !== "follow") {
    const given = wish.act === "give";
    await giveAddress(db, house, { personId: viewer.id, followId: wish.follow, given });
    return redirect(pathTo("following", locale), 303);
  }
  const done = await orRefuse(locale, () =>
    follow(db, house, { personId: viewer.id, whom: whomOf(wish.kind, wish.slug) }),
  );
  if (!done.ok) return sendBack(done.answer, done.refusal.code === "not_found" ? 404 : 422);
  return redirect(pathTo("following", locale, {}, { qui: wish.slug, de: wish.kind }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: followingWords(locale).follow.title, hidden: true });
};

/** The address of a reader is the artist's only where the reader says so, and for as long. */
function Entrusting({ follow: each }: { follow: { id: string; name: string; addressGiven: boolean } }) {
  const words = benchWords(useLocale()).give;
  return (
    <Form method="post" className="row">
      <input type="hidden" name="follow" value={each.id} />
      {each.addressGiven && <span className="tag good">{words.given}</span>}
      <button
        type="submit"
        name="act"
        value={each.addressGiven ? "take-back" : "give"}
        className="link-button small"
        aria-label={`${each.addressGiven ? words.takeBack : words.ask}, ${each.name}`}
      >
        {each.addressGiven ? words.takeBack : words.ask}
      </button>
    </Form>
  );
}

/** Whom one follows, and the beginning of one more. */
export default function Following() {
  const { follows, asked, email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = followingWords(locale).follow;
  return (
    <div className="page narrow following stack">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead(email)}</p>
      <FormNotice locale={locale} answer={answer} />
      {asked?.known && (
        <p className="notice good" role="status">
          {words.followed(asked.name)}{" "}
          <Link to={pathTo(asked.kind, locale, { slug: asked.slug })}>{words.backTo}</Link>
        </p>
      )}
      {asked && !asked.known && (
        <Form method="post" className="card stack">
          <input type="hidden" name="kind" value={asked.kind} />
          <input type="hidden" name="slug" value={asked.slug} />
          <p>{words.ask(asked.name)}</p>
          <button type="submit" className="button" name="act" value="follow">
            {words.followOf(asked.name)}
          </button>
        </Form>
      )}
      {follows.length === 0 ? (
        <p className="soft">{words.empty}</p>
      ) : (
        <>
          <ul className="plain-list follows">
            {follows.map((each) => (
              <li key={each.id} className="row between">
                <Link to={pathTo(each.kind, locale, { slug: each.slug })}>{each.name}</Link>
                {each.kind === "agent" && <Entrusting follow={each} />}
                <Form method="post">
                  <input type="hidden" name="follow" value={each.id} />
                  <button
                    type="submit"
                    name="act"
                    value="unfollow"
                    className="link-button small"
                    aria-label={words.unfollowOf(each.name)}
                  >
                    {words.unfollow}
                  </button>
                </Form>
              </li>
            ))}
          </ul>
          {follows.some(({ kind }) => kind === "agent") && (
            <p className="small soft">{benchWords(locale).give.hint}</p>
          )}
        </>
      )}
    </div>
  );
}
