import "#app/styles/account.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { PasskeySignIn } from "#app/components/passkey-ways.tsx";
import { browserToken, cookies } from "#app/http/cookies.server.ts";
import { enterSignedIn } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import { ownPath } from "#app/routes/session/destination.ts";
import { askSignInLink } from "#domain/people/ask-sign-in-link.server.ts";
import { keepsMoney } from "#domain/people/session-life.ts";
import { accountWords } from "#i18n/account.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, house, url } = await enterSignedIn(args);
  return {
    email: viewer.email,
    destination: ownPath(url.searchParams.get("vers"), house.settings.publicUrl),
    hasPasskey: viewer.passkeys > 0,
    // A link would bring them here again.
    onlyPasskey: house.settings.passkeyRequired && keepsMoney(viewer) && viewer.passkeys > 0,
    sent: url.searchParams.has("envoye"),
  };
}

const form = z.object({ vers: z.string().max(500).optional() });

/** Sends the link that signs in again, to the address that this person has. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterSignedIn(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { settings } = house;
  const destination = ownPath(given.value.vers ?? null, settings.publicUrl);
  const browser = await browserToken(args.request, settings);
  const done = await orRefuse(locale, async () => {
    pace(args.context, "signIn");
    await askSignInLink(db, house, {
      email: viewer.email,
      locale,
      browserToken: browser.token,
      destination,
      linkOf: (token) => settings.publicUrl + pathTo("signInLink", locale, { token }),
    });
  });
  if (!done.ok) return sendBack(done.answer, 429);
  return redirect(pathTo("accountConfirm", locale, {}, { envoye: 1, vers: destination }), {
    status: 303,
    headers: { "set-cookie": await cookies(settings).browser.serialize(browser.token) },
  });
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).confirm.title, hidden: true });
};

/** Shown before what touches money, ways in or rules, to who signed in some time ago. */
export default function Confirm() {
  const { email, destination, hasPasskey, onlyPasskey, sent } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).confirm;
  if (sent)
    return (
      <div className="page narrow stack account" role="status">
        <h1>{words.sentTitle}</h1>
        <p className="lead breakable">{words.linkTo(email)}</p>
      </div>
    );
  return (
    <div className="page narrow stack account">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {hasPasskey && <PasskeySignIn locale={locale} destination={destination} label={words.byPasskey} />}
      {onlyPasskey ? (
        <p className="soft">{words.onlyPasskey}</p>
      ) : (
        <Form method="post" className="stack">
          <FormNotice locale={locale} answer={answer} />
          {destination && <input type="hidden" name="vers" value={destination} />}
          <button type="submit" className={hasPasskey ? "button quiet" : "button"}>
            {words.byLink}
          </button>
          <p className="soft small breakable">{words.linkTo(email)}</p>
        </Form>
      )}
    </div>
  );
}
