import "#app/styles/session.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigation,
  useRouteLoaderData,
} from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { PasskeySignIn } from "#app/components/passkey-ways.tsx";
import { browserToken, cookies } from "#app/http/cookies.server.ts";
import { enter } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { pace } from "#app/http/pace.server.ts";
import type { loader as rootLoader } from "#app/root.tsx";
import { askSignInLink } from "#domain/people/ask-sign-in-link.server.ts";
import { relyingPartyOf } from "#domain/people/relying-party.ts";
import { accountWords } from "#i18n/account.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { sessionWords } from "#i18n/session.ts";
import { ownPath } from "./destination.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, house, locale, url } = await enter(args);
  const destination = ownPath(url.searchParams.get("vers"), house.settings.publicUrl);
  if (viewer) {
    throw redirect(destination ?? pathTo(viewer.members.length > 0 ? "studio" : "library", locale));
  }
  const hasName = relyingPartyOf(house.settings.publicUrl) !== null;
  return { destination, sent: url.searchParams.has("envoye"), hasName };
}

const question = z.object({
  email: z.string().trim().min(1, "required").max(200, "tooLong").pipe(z.email("email")),
  vers: z.string().max(500).optional(),
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const { settings } = house;
  const destination = ownPath(form.value.vers ?? null, settings.publicUrl);
  const browser = await browserToken(args.request, settings);
  const done = await orRefuse(locale, async () => {
    pace(args.context, "signIn");
    await askSignInLink(db, house, {
      email: form.value.email,
      locale,
      browserToken: browser.token,
      destination,
      linkOf: (token) => settings.publicUrl + pathTo("signInLink", locale, { token }),
    });
  });
  if (!done.ok) return sendBack({ ...done.answer, values: form.value as Record<string, string> }, 429);
  // Set again even where it is known: its day begins anew with each link.
  return redirect(pathTo("signIn", locale, {}, { envoye: 1, vers: destination }), {
    status: 303,
    headers: { "set-cookie": await cookies(settings).browser.serialize(browser.token) },
  });
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${sessionWords(localeOf(location.pathname)).title} · ventes.coop` },
  { name: "robots", content: "noindex" },
];

export default function SignIn() {
  const { destination, sent, hasName } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = sessionWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const busy = useNavigation().state === "submitting";
  const outboxUrl = useRouteLoaderData<typeof rootLoader>("root")?.outboxUrl;
  if (sent) {
    return (
      <div className="page narrow stack doorstep" role="status">
        <h1>{words.sentTitle}</h1>
        <p className="lead">{words.sent}</p>
        <p className="lead">{words.sentBrowser}</p>
        {outboxUrl && (
          <p>
            <a className="button" href={outboxUrl}>
              {words.outbox}
            </a>
          </p>
        )}
        <p className="soft">
          {words.sentNothing}{" "}
          <Link to={pathTo("signIn", locale, {}, { vers: destination })}>{words.again}</Link>
        </p>
      </div>
    );
  }
  return (
    <div className="page narrow stack doorstep">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {hasName && (
        <div className="doorstep-passkey">
          <PasskeySignIn
            locale={locale}
            destination={destination}
            label={accountWords(locale).signIn.passkey}
            quiet
          />
        </div>
      )}
      <Form method="post" className="stack" noValidate>
        <FormNotice locale={locale} answer={answer} />
        {destination && <input type="hidden" name="vers" value={destination} />}
        <TextField
          locale={locale}
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
          label={words.email}
          hint={words.emailHint}
          answer={answer}
        />
        <button type="submit" className="button" disabled={busy}>
          {words.ask}
        </button>
      </Form>
    </div>
  );
}
