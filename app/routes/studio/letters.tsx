import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField, TextArea, TextField } from "#app/components/field.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { lettersOf, voicesOf } from "#domain/bench/letter-queries.server.ts";
import { writeLetter } from "#domain/bench/write-letter.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { date } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStudio(args);
  const [voices, letters] = await Promise.all([voicesOf(db, viewer.id), lettersOf(db, viewer.id)]);
  return { voices, letters, sent: url.searchParams.has("fait") };
}

const form = z.object({
  as: z.uuid(),
  subject: z.string().trim().min(1, "required").max(150, "tooLong"),
  body: z.string().trim().min(1, "required").max(20_000, "tooLong"),
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { as, subject, body } = given.value;
  const done = await orRefuse(locale, () =>
    writeLetter(db, house, { personId: viewer.id, agentId: as, subject, body }),
  );
  if (!done.ok)
    return sendBack(
      { ...done.answer, values: { as, subject, body } },
      done.refusal.code === "not_found" ? 404 : 409,
    );
  return redirect(pathTo("studioLetters", locale, {}, { fait: 1 }), 303);
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${benchWords(localeOf(location.pathname)).letters.title} · ventes.coop` },
];

/** A letter to those who chose to follow. */
export default function Letters() {
  const { voices, letters, sent } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const words = benchWords(locale).letters;
  const busy = useNavigation().state !== "idle";
  const followed = voices.filter(({ followers }) => followers > 0);
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {sent && !answer && <DoneNotice>{words.sent}</DoneNotice>}
      {voices.length === 0 ? (
        <div className="empty">
          <h2>{words.noneTitle}</h2>
          <p className="lead">{words.none}</p>
        </div>
      ) : (
        <ul className="plain-list stack stack-tight">
          {voices.map(({ agentId, name, slug, followers }) => (
            <li key={agentId}>
              <Link to={pathTo("agent", locale, { slug })}>{name}</Link>{" "}
              <span className="soft">{words.followers(followers)}</span>
            </li>
          ))}
        </ul>
      )}
      <FormNotice locale={locale} answer={answer} />
      {followed.length > 0 && (
        <Form method="post" className="stack narrowed" key={letters.length}>
          {followed.length === 1 ? (
            <input type="hidden" name="as" value={followed[0]?.agentId} />
          ) : (
            <SelectField locale={locale} name="as" label={words.as} answer={answer}>
              {followed.map(({ agentId, name }) => (
                <option key={agentId} value={agentId}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          <TextField
            locale={locale}
            name="subject"
            label={words.subject}
            required
            maxLength={150}
            autoComplete="off"
            answer={answer}
          />
          <TextArea
            locale={locale}
            name="body"
            label={words.body}
            hint={words.bodyHint}
            required
            rows={12}
            maxLength={20_000}
            answer={answer}
          />
          <p className="small soft">{words.pace}</p>
          <p>
            <button type="submit" className="button" disabled={busy}>
              {words.send}
            </button>
          </p>
        </Form>
      )}
      {voices.length > 0 && (
        <section className="stack" aria-labelledby="past">
          <h2 id="past">{words.past}</h2>
          {letters.length === 0 ? (
            <p className="soft">{words.pastEmpty}</p>
          ) : (
            letters.map((each) => (
              <details className="card" key={each.id}>
                <summary>
                  {each.subject}{" "}
                  <span className="small soft">
                    {words.sentTo(date(locale, each.writtenAt), each.readerCount)}
                  </span>
                </summary>
                <blockquote className="prose said">{each.body}</blockquote>
              </details>
            ))
          )}
        </section>
      )}
    </div>
  );
}
