import "#app/styles/session.css";
import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { browserToken, cookies } from "#app/http/cookies.server.ts";
import { enter, sessionToken } from "#app/http/door.server.ts";
import { orRefuse, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { findSignInLink, findViewer } from "#domain/people/queries.server.ts";
import { keepsMoney } from "#domain/people/session-life.ts";
import { signIn } from "#domain/people/sign-in.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { sessionWords } from "#i18n/session.ts";
import { ownPath } from "./destination.ts";

/** Opening the link changes nothing: mail scanners open links too. The button does. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house } = await enter(args);
  const browser = await browserToken(args.request, house.settings);
  return {
    state: await findSignInLink(db, house, {
      token: args.params.token ?? "",
      browserToken: browser.token,
    }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const { settings } = house;
  const browser = await browserToken(args.request, settings);
  const ends = await sessionToken(args.request, house);
  const done = await orRefuse(locale, () =>
    signIn(db, house, {
      token: args.params.token ?? "",
      browserToken: browser.token,
      userAgent: args.request.headers.get("user-agent"),
      ends,
    }),
  );
  if (!done.ok) return sendBack(done.answer, 403);
  const { session, destination, isMember } = done.value;
  const to = ownPath(destination, settings.publicUrl) ?? pathTo(isMember ? "studio" : "library", locale);
  const viewer = settings.passkeyRequired ? await findViewer(db, house, session) : null;
  // Whoever keeps a co-op's money makes a passkey the first time they come.
  const needsOne = viewer && keepsMoney(viewer) && viewer.passkeys === 0;
  return redirect(needsOne ? pathTo("accountPasskeys", locale, {}, { vers: to }) : to, {
    status: 303,
    headers: { "set-cookie": await cookies(settings).session.serialize(session) },
  });
}

// The address is a secret: it is kept in no cache and told to no other site.
export const headers: HeadersFunction = () => ({
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
});

export const meta: MetaFunction = ({ location }) => [
  { title: `${sessionWords(localeOf(location.pathname)).title} · ventes.coop` },
  { name: "robots", content: "noindex" },
];

export default function SignInLink() {
  const { state } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = sessionWords(locale);
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  if (state === "ready" && !answer?.refusal) {
    return (
      <div className="page narrow stack doorstep">
        <h1>{words.readyTitle}</h1>
        <p className="lead">{words.ready}</p>
        <Form method="post">
          <button type="submit" className="button" disabled={busy}>
            {words.enter}
          </button>
        </Form>
      </div>
    );
  }
  return (
    <div className="page narrow stack doorstep">
      <h1>{state === "link_other_browser" ? words.otherTitle : words.deadTitle}</h1>
      <p className="lead">
        {answer?.refusal ?? refusalWords(locale, state === "ready" ? "link_used" : state)}
      </p>
      {state === "link_other_browser" && <p className="soft">{words.otherWhy}</p>}
      <p>
        <Link className="button" to={pathTo("signIn", locale)}>
          {words.newLink}
        </Link>
      </p>
    </div>
  );
}
