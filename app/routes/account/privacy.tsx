import "#app/styles/account.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { cookies } from "#app/http/cookies.server.ts";
import { enter, enterSignedIn, insistOnFresh } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { erasePerson } from "#domain/privacy/erase-person.server.ts";
import { accountWords } from "#i18n/account.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { AccountHead } from "./account-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, url } = await enter(args);
  // Whoever has just been erased is nobody any more, and is told so.
  if (!viewer && url.searchParams.has("efface")) return { erased: true, isMember: false };
  const door = await enterSignedIn(args);
  return { erased: false, isMember: door.viewer.members.length > 0 };
}

const form = z.object({ sure: z.literal("on").optional() });

/** Forgets who asks for it. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterSignedIn(args);
  insistOnFresh(door);
  const { db, house, locale, viewer } = door;
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  if (!given.value.sure) return sendBack({ refusal: accountWords(locale).privacy.sureNeeded });
  const done = await orRefuse(locale, () => erasePerson(db, house, viewer.id));
  if (!done.ok) return sendBack(done.answer, 409);
  return redirect(pathTo("accountPrivacy", locale, {}, { efface: 1 }), {
    status: 303,
    headers: { "set-cookie": await cookies(house.settings).session.serialize("", { maxAge: 0 }) },
  });
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).privacy.title, hidden: true });
};

/** What the law gives, as buttons: take along, correct, erase. */
export default function Privacy() {
  const { erased, isMember } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).privacy;
  if (erased)
    return (
      <div className="page narrow stack account" role="status">
        <h1>{words.erasedTitle}</h1>
        <p className="lead">{words.erased}</p>
      </div>
    );
  return (
    <div className="page account stack stack-loose">
      <AccountHead locale={locale} title={words.title}>
        {words.lead}
      </AccountHead>
      <FormNotice locale={locale} answer={answer} />
      <section className="card stack" aria-labelledby="export-title">
        <h2 id="export-title">{words.exportTitle}</h2>
        <p>{words.export}</p>
        <p>
          <a className="button" href={pathTo("accountExport", locale)} download>
            {words.exportButton}
          </a>
        </p>
      </section>
      <section className="stack" aria-labelledby="correct-title">
        <h2 id="correct-title">{words.correctTitle}</h2>
        <p>
          {words.correct} <Link to={pathTo("accountMail", locale)}>{accountWords(locale).mail.title}</Link>.
        </p>
      </section>
      <section className="stack" aria-labelledby="kept-title">
        <h2 id="kept-title">{words.keptTitle}</h2>
        <dl className="account-kept">
          {words.kept.map(([what, howLong]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{howLong}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card stack" aria-labelledby="erase-title">
        <h2 id="erase-title">{words.eraseTitle}</h2>
        <ul className="stack stack-tight">
          {[...words.erase, ...(isMember ? [words.artist] : [])].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Form method="post" className="stack">
          <label className="choice">
            <input type="checkbox" name="sure" required />
            <span>{words.sure}</span>
          </label>
          <button type="submit" className="button quiet">
            {words.eraseButton}
          </button>
        </Form>
      </section>
    </div>
  );
}
