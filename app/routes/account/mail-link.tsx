import "#app/styles/account.css";
import {
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { enterSignedIn } from "#app/http/door.server.ts";
import { orRefuse, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findMailChange } from "#domain/people/ask-mail-change.server.ts";
import { changeMail } from "#domain/people/change-mail.server.ts";
import { accountWords } from "#i18n/account.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/** Opening the link changes nothing: mail scanners open links too. The button does. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer } = await enterSignedIn(args);
  return { email: await findMailChange(db, house, { token: args.params.token ?? "", personId: viewer.id }) };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterSignedIn(args);
  const done = await orRefuse(locale, () =>
    changeMail(db, house, { token: args.params.token ?? "", personId: viewer.id, locale }),
  );
  if (!done.ok) return sendBack(done.answer, 403);
  return redirect(pathTo("accountMail", locale, {}, { fait: "changed" }), 303);
}

// The address is a secret: it is kept in no cache and told to no other site.
export const headers: HeadersFunction = () => ({
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
});

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).mail.readyTitle, hidden: true });
};

export default function MailLink() {
  const { email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).mail;
  if (email === null || answer?.refusal)
    return (
      <div className="page narrow stack account">
        <h1>{words.deadTitle}</h1>
        <FormNotice locale={locale} answer={answer} />
        <p>
          <Link className="button" to={pathTo("accountMail", locale)}>
            {words.newTitle}
          </Link>
        </p>
      </div>
    );
  return (
    <div className="page narrow stack account">
      <h1>{words.readyTitle}</h1>
      <p className="lead breakable">{words.ready(email)}</p>
      <Form method="post">
        <button type="submit" className="button">
          {words.confirm}
        </button>
      </Form>
    </div>
  );
}
