import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, SelectField, TextArea, TextField } from "#app/components/field.tsx";
import { dayOf } from "#app/http/day.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { freshSeed, seedField } from "#app/http/once.server.ts";
import { listIncidents } from "#domain/privacy/incident-queries.server.ts";
import { closeIncident, recordIncident } from "#domain/privacy/record-incident.server.ts";
import { date, dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { safetyWords } from "#i18n/safety.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

const outcomes = ["saved", "closed"] as const;

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, coopIds } = await enterStaff(args, "keepIncidents");
  const { coop, coops } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const said = url.searchParams.get("fait");
  return {
    coop,
    coops,
    incidents: await listIncidents(db, { personId: viewer.id, coopId: coop.id }),
    today: dayOf(house.clock.now()),
    seed: freshSeed(),
    done: outcomes.find((each) => each === said) ?? null,
  };
}

const day = z.iso.date();
const optionalDay = z
  .union([day, z.literal("")])
  .default("")
  .transform((on) => on || null);
const words = z.string().trim().min(1, "required").max(4000, "tooLong");
const form = z.discriminatedUnion("act", [
  z
    .object({
      act: z.literal("record"),
      id: seedField,
      happenedOn: day,
      noticedOn: day,
      what: words,
      about: words,
      people: z
        .union([z.literal(""), z.coerce.number().int().min(0).max(1_000_000_000)])
        .default("")
        .transform((count) => (count === "" ? null : count)),
      harm: z.enum(["none", "possible", "serious"]),
      harmReason: words,
      measures: words,
    })
    .refine(({ happenedOn, noticedOn }) => noticedOn >= happenedOn, { path: ["noticedOn"] }),
  z.object({ act: z.literal("close"), id: z.uuid(), authorityOn: optionalDay, peopleOn: optionalDay }),
]);

/** Writes an incident down, or closes one: the co-op's admins do. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, url, coopIds } = await enterStaff(args, "keepIncidents");
  const { coop } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { act, ...asked } = given.value;
  const mine = { coopId: coop.id, by: viewer.id };
  const outcome = await orRefuse(locale, () =>
    "what" in asked
      ? recordIncident(db, house, { ...mine, incident: asked })
      : closeIncident(db, house, { ...mine, ...asked }),
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack(outcome.answer, 409);
  }
  const fait = act === "record" ? "saved" : "closed";
  return redirect(officePath("officeIncidents", locale, coop, { fait }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${safetyWords(locale).incidents.title} · ${officeWords(locale).title}` }];
};

export default function Incidents() {
  const { coop, coops, incidents, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { incidents: words } = safetyWords(locale);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answer && (
        <p className="notice good" role="status">
          {words[done]}
        </p>
      )}
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeAudit", locale, coop)}>{words.back}</Link>
        </p>
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <p className="notice warn">{words.remind}</p>
      <FormNotice locale={locale} answer={answer} />
      {incidents.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        incidents.map((incident) => <Shown key={incident.id} incident={incident} locale={locale} />)
      )}
      <Record locale={locale} />
    </div>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

function Shown({ incident, locale }: { incident: Data["incidents"][number]; locale: Locale }) {
  const { incidents: words } = safetyWords(locale);
  const on = (written: string) => date(locale, new Date(`${written}T12:00:00Z`));
  const { fields } = words;
  const facts: [string, string | null][] = [
    [fields.happenedOn, on(incident.happenedOn)],
    [fields.about, incident.about],
    [fields.people, incident.people === null ? words.unknown : words.people(incident.people)],
    [fields.harm, `${words.harms[incident.harm]}. ${incident.harmReason}`],
    [fields.measures, incident.measures],
    [fields.authorityToldOn, incident.authorityToldOn && on(incident.authorityToldOn)],
    [fields.peopleToldOn, incident.peopleToldOn && on(incident.peopleToldOn)],
  ];
  return (
    <article className="card stack" aria-labelledby={incident.id}>
      <h2 id={incident.id} className="row baseline">
        {on(incident.noticedOn)}{" "}
        <span className={incident.closedAt ? "tag good" : "tag warn"}>
          {incident.closedAt ? words.closedOn(date(locale, new Date(incident.closedAt))) : words.openState}
        </span>
      </h2>
      <p className="breakable">{incident.what}</p>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="breakable">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="soft small">
        {words.by(incident.recordedBy ?? "", dateTime(locale, new Date(incident.recordedAt)))}
      </p>
      {!incident.closedAt && <Close id={incident.id} locale={locale} />}
    </article>
  );
}

function Close({ id, locale }: { id: string; locale: Locale }) {
  const { today } = useLoaderData<typeof loader>();
  const { incidents: words } = safetyWords(locale);
  const field = (name: "authorityOn" | "peopleOn", label: string) => (
    <div className="field">
      <label htmlFor={`${name}-${id}`}>{label}</label>
      <input id={`${name}-${id}`} name={name} type="date" max={today} />
    </div>
  );
  return (
    <details>
      <summary>{words.told}</summary>
      <Form method="post" className="stack">
        <input type="hidden" name="act" value="close" />
        <input type="hidden" name="id" value={id} />
        <div className="fields">
          {field("authorityOn", words.fields.authorityToldOn)}
          {field("peopleOn", words.fields.peopleToldOn)}
        </div>
        <button type="submit" className="button quiet">
          {words.close}
        </button>
      </Form>
    </details>
  );
}

function Record({ locale }: { locale: Locale }) {
  const { today, seed } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { incidents: words } = safetyWords(locale);
  const { fields } = words;
  const shared = { locale, answer };
  return (
    <section className="card stack" aria-labelledby="add-title">
      <h2 id="add-title">{words.add}</h2>
      <Form method="post" className="stack" key={seed}>
        <input type="hidden" name="act" value="record" />
        <input type="hidden" name="id" value={seed} />
        <div className="fields">
          <TextField
            {...shared}
            name="happenedOn"
            type="date"
            max={today}
            label={fields.happenedOn}
            required
          />
          <TextField
            {...shared}
            name="noticedOn"
            type="date"
            max={today}
            defaultValue={today}
            label={fields.noticedOn}
            required
          />
        </div>
        <TextArea {...shared} name="what" label={fields.what} rows={3} required />
        <TextArea {...shared} name="about" label={fields.about} hint={fields.aboutHint} rows={2} required />
        <TextField
          {...shared}
          name="people"
          label={fields.people}
          hint={fields.peopleHint}
          inputMode="numeric"
          autoComplete="off"
        />
        <SelectField {...shared} name="harm" label={fields.harm} defaultValue="possible">
          {(["none", "possible", "serious"] as const).map((harm) => (
            <option key={harm} value={harm}>
              {words.harms[harm]}
            </option>
          ))}
        </SelectField>
        <TextArea
          {...shared}
          name="harmReason"
          label={fields.harmReason}
          hint={fields.harmReasonHint}
          rows={2}
          required
        />
        <TextArea {...shared} name="measures" label={fields.measures} rows={3} required />
        <button type="submit" className="button">
          {words.save}
        </button>
      </Form>
    </section>
  );
}
