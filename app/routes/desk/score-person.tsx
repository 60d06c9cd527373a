import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { TextArea, TextField } from "#app/components/field.tsx";
import { MissingList, ScoreFigure } from "#app/components/score-panel.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, receive, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { answerMend } from "#app/http/mend-form.server.ts";
import { AUTHORITIES } from "#domain/metadata/authorities.ts";
import { correctPerson } from "#domain/metadata/correct-person.server.ts";
import { findDeskPerson } from "#domain/metadata/score-queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { RecordFrame } from "./record-frame.tsx";

async function enterPerson(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  const person = id.success ? await findDeskPerson(door.db, door.coopIds, id.data) : null;
  if (!person) throw missing();
  return { ...door, person };
}

export async function loader(args: LoaderFunctionArgs) {
  const { person, url } = await enterPerson(args);
  return { person, saved: url.searchParams.has("fait") };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, person } = await enterPerson(args);
  const form = await receive(args.request);
  const text = (name: string) => String(form.get(name) ?? "");
  const done = await answerMend(locale, form, () =>
    correctPerson(db, house, {
      personId: viewer.id,
      agentId: person.id,
      sortName: text("sortName"),
      about: { fr: text("aboutFr"), en: text("aboutEn") },
      authorities: Object.fromEntries(AUTHORITIES.map((scheme) => [scheme, text(scheme)])),
      searchedNone: form.has("searchedNone"),
    }),
  );
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("deskPerson", locale, { id: person.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  { title: `${data?.person.facts.name ?? ""} · ${deskWords(localeOf(location.pathname)).title}` },
];

/** Somebody whom works name: what links them to the authorities. */
export default function Person() {
  const { person, saved } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = scoreWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const { facts } = person;
  const shared = { locale, answer };
  return (
    <RecordFrame
      locale={locale}
      of={{ noun: "person", id: person.id }}
      title={facts.name}
      lead={words.desk.personLead}
      done={saved ? words.saved : null}
      answer={answer}
    >
      <div className="score-page">
        <div className="stack stack-loose">
          <section className="stack" aria-labelledby="missing-title">
            <h2 id="missing-title">{words.title}</h2>
            <ScoreFigure score={person.score} locale={locale} />
            {person.missing.length === 0 ? (
              <p className="notice good">{words.full}</p>
            ) : (
              <MissingList
                missing={person.missing}
                locale={locale}
                to={({ field }) =>
                  field === "roles" ? { words: words.byArtist } : { href: `#${anchors[field] ?? "sortName"}` }
                }
              />
            )}
          </section>
          <section className="stack stack-tight" aria-labelledby="works-title">
            <h2 id="works-title">{words.desk.personWorks}</h2>
            <ul className="plain-list score-named">
              {person.works.map(({ id, title }) => (
                <li key={id}>
                  <Link to={pathTo("deskRecord", locale, { id })}>{title || deskWords(locale).noTitle}</Link>
                </li>
              ))}
            </ul>
            <p className="small">
              <Link to={pathTo("agent", locale, { slug: person.slug })}>{words.desk.seePerson}</Link>
            </p>
          </section>
        </div>
        <Form method="post" className="stack" key={JSON.stringify(facts)}>
          <TextField
            {...shared}
            name="sortName"
            label={words.desk.sortName}
            hint={words.desk.sortNameHint}
            defaultValue={facts.sortName ?? ""}
          />
          <TextArea
            {...shared}
            name="aboutFr"
            label={words.desk.aboutFr}
            lang="fr"
            rows={4}
            defaultValue={facts.about.fr ?? ""}
          />
          <TextArea
            {...shared}
            name="aboutEn"
            label={words.desk.aboutEn}
            lang="en"
            rows={4}
            optional
            defaultValue={facts.about.en ?? ""}
          />
          <fieldset className="stack" id="authorities">
            <legend className="label">{words.desk.authorities}</legend>
            <p className="hint">{words.desk.authoritiesHint}</p>
            <div className="fields">
              {AUTHORITIES.map((scheme) => (
                <TextField
                  {...shared}
                  key={scheme}
                  name={scheme}
                  label={words.desk.names[scheme]}
                  defaultValue={facts.identifiers.find((each) => each.scheme === scheme)?.value ?? ""}
                  autoComplete="off"
                />
              ))}
            </div>
            <label className="choice">
              <input type="checkbox" name="searchedNone" defaultChecked={facts.searched} />
              <span>
                {words.desk.searchedNone} <span className="small soft">{words.desk.searchedHint}</span>
              </span>
            </label>
          </fieldset>
          <button type="submit" className="button">
            {words.save}
          </button>
        </Form>
      </div>
    </RecordFrame>
  );
}

/** The field of the form, for what is missing. */
const anchors: Record<string, string> = { authority: "authorities", about: "aboutFr", sortName: "sortName" };
