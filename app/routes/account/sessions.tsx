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
import { enterSignedIn } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { browserName } from "#domain/people/browser-name.ts";
import { endSessions } from "#domain/people/end-session.server.ts";
import { listSessions } from "#domain/people/session-queries.server.ts";
import { accountWords } from "#i18n/account.ts";
import { dateTime } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { AccountHead } from "./account-head.tsx";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterSignedIn(args);
  const said = url.searchParams.get("fermees");
  const sessions = await listSessions(db, house, viewer.id);
  return {
    sessions: sessions.map(({ userAgent, ...session }) => ({
      ...session,
      ...browserName(userAgent),
      isHere: session.id === viewer.session.id,
    })),
    ended: said !== null && /^\d{1,4}$/.test(said) ? Number(said) : null,
  };
}

const form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("end"), id: z.uuid() }),
  z.object({ act: z.literal("endOthers") }),
]);

/** Ending a session is no danger: it asks for nothing more than being signed in. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterSignedIn(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const which = given.value.act === "end" ? { id: given.value.id } : { allBut: viewer.session.id };
  const ended = await endSessions(db, house, { personId: viewer.id, which });
  return redirect(pathTo("accountSessions", locale, {}, { fermees: ended }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: accountWords(locale).sessions.title, hidden: true });
};

export default function Sessions() {
  const { sessions, ended } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = accountWords(locale).sessions;
  const when = (at: Date | string) => dateTime(locale, new Date(at));
  return (
    <div className="page account stack stack-loose">
      <AccountHead locale={locale} title={words.title}>
        {words.lead}
      </AccountHead>
      <FormNotice locale={locale} answer={answer} />
      {ended !== null && (
        <p className="notice good" role="status">
          {ended === 0 ? words.none : words.ended(ended)}
        </p>
      )}
      <ul className="account-list plain-list">
        {sessions.map((session) => {
          const name =
            session.browser && session.system
              ? words.on(session.browser, session.system)
              : (session.browser ?? session.system ?? words.unknown);
          return (
            <li key={session.id}>
              <div>
                <h2 className="label">
                  {name} {session.isHere && <span className="tag good">{words.here}</span>}
                </h2>
                <p className="small soft">
                  {words.since(when(session.createdAt))} · {words.seen(when(session.seenAt))} ·{" "}
                  {words.proof[session.proof]}
                </p>
              </div>
              <Form method="post">
                <input type="hidden" name="act" value="end" />
                <input type="hidden" name="id" value={session.id} />
                <button type="submit" className="button quiet small">
                  {words.end}
                  <span className="visually-hidden">, {name}</span>
                </button>
              </Form>
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <Form method="post">
          <button type="submit" className="button" name="act" value="endOthers">
            {words.endAll}
          </button>
        </Form>
      )}
    </div>
  );
}
