import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { personOfLeave } from "#domain/following/leave-link.ts";
import { unfollow } from "#domain/following/unfollow.server.ts";
import { followingWords } from "#i18n/following.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { house, url } = await enter(args);
  if (!personOfLeave(house.settings.sessionSecret, args.params.token ?? "")) throw missing();
  return { left: url.searchParams.has("fait") };
}

/** Ends all letters of new works to whom this link was written, signed in or not; a mail program may ask it by itself (RFC 8058). */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const token = args.params.token ?? "";
  const personId = personOfLeave(house.settings.sessionSecret, token);
  if (!personId) throw missing();
  await unfollow(db, { personId, followId: null });
  return redirect(pathTo("leave", locale, { token }, { fait: 1 }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: followingWords(locale).leave.title, hidden: true });
};

/** The end of the letters, in one click; opening the page ends nothing, for mail programs open links by themselves. */
export default function Leave() {
  const { left } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = followingWords(locale).leave;
  return (
    <div className="page narrow stack">
      <h1>{left ? words.done : words.title}</h1>
      <p className="lead">{left ? words.doneLead : words.lead}</p>
      {!left && (
        <Form method="post">
          <button type="submit" className="button">
            {words.leave}
          </button>
        </Form>
      )}
      <p>
        <Link to={pathTo("following", locale)}>{words.choose}</Link>
      </p>
    </div>
  );
}
