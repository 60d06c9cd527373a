import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { SelectField, TextField } from "#app/components/field.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { mayIn } from "#domain/people/permissions.ts";
import { auditChoices, auditOf } from "#domain/transparency/audit-queries.server.ts";
import { dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { safetyWords } from "#i18n/safety.ts";
import { auditAsked } from "./audit-asked.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

const perPage = 60;

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "readAudit");
  const { coop, coops } = keptCoop(viewer, url);
  const through = { personId: viewer.id, coopId: coop.id };
  const [found, choices] = await Promise.all([
    auditOf(db, through, auditAsked(url.searchParams, perPage + 1)),
    auditChoices(db, through),
  ]);
  const rows = found.slice(0, perPage);
  const asked = Object.fromEntries(
    ["qui", "quoi", "du", "au"].map((name) => [name, url.searchParams.get(name) ?? ""]),
  );
  return {
    coop,
    coops,
    rows: rows.map(({ before, after, ...row }) => ({ ...row, before: brief(before), after: brief(after) })),
    older: found.length > perPage ? (rows.at(-1)?.id ?? null) : null,
    asked,
    choices,
    keepsIncidents: mayIn(viewer, "keepIncidents", coop.id),
  };
}

/** A line for each thing said; what is long is cut, and whole in the CSV. */
function brief(said: unknown): string[] {
  if (said === null || typeof said !== "object") return [];
  return Object.entries(said)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .map((line) => (line.length > 140 ? `${line.slice(0, 139)}…` : line));
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${safetyWords(locale).audit.title} · ${officeWords(locale).title}` }];
};

export default function Audit() {
  const { coop, coops, rows, older, asked, keepsIncidents } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { audit: words } = safetyWords(locale);
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
        <p className="row">
          <a href={officePath("officeAuditCsv", locale, coop, query)} download>
            {words.csv}
          </a>
          {keepsIncidents && <Link to={officePath("officeIncidents", locale, coop)}>{words.incidents}</Link>}
        </p>
      </header>
      <Filter locale={locale} />
      {rows.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <Rows locale={locale} />
      )}
      {older && (
        <p>
          <Link
            className="button quiet"
            to={officePath("officeAudit", locale, coop, { ...query, avant: older })}
          >
            {words.older}
          </Link>
        </p>
      )}
    </div>
  );
}

function Filter({ locale }: { locale: Locale }) {
  const { coop, asked, choices } = useLoaderData<typeof loader>();
  const { audit: words } = safetyWords(locale);
  return (
    <Form className="stack" role="search" aria-label={words.filter}>
      <input type="hidden" name="coop" value={coop.slug} />
      <div className="fields">
        <SelectField locale={locale} name="qui" label={words.person} defaultValue={asked.qui ?? ""}>
          <option value="">{words.everybody}</option>
          {choices.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField locale={locale} name="quoi" label={words.thing} defaultValue={asked.quoi ?? ""}>
          <option value="">{words.everything}</option>
          {choices.nouns.map((noun) => (
            <option key={noun} value={noun}>
              {words.nouns[noun] ?? noun}
            </option>
          ))}
        </SelectField>
        <TextField locale={locale} name="du" type="date" label={words.from} defaultValue={asked.du ?? ""} />
        <TextField locale={locale} name="au" type="date" label={words.to} defaultValue={asked.au ?? ""} />
      </div>
      <button type="submit" className="button quiet">
        {words.show}
      </button>
    </Form>
  );
}

function Rows({ locale }: { locale: Locale }) {
  const { rows } = useLoaderData<typeof loader>();
  const { audit: words } = safetyWords(locale);
  const { columns } = words;
  const lines = (said: string[]) =>
    said.map((line) => (
      <span key={line} className="small breakable audit-line">
        {line}
      </span>
    ));
  return (
    <table className="office-table audit">
      <thead>
        <tr>
          {[columns.what, columns.at, columns.who, columns.about, columns.before, columns.after].map(
            (name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{words.verbs[row.verb] ?? row.verb}</th>
            <td data-label={columns.at}>{dateTime(locale, new Date(row.at))}</td>
            <td data-label={columns.who} className="breakable">
              {row.who ?? words.house}
            </td>
            <td data-label={columns.about} className="breakable">
              {nounOf(locale, row.subject)} {row.about}
            </td>
            <td data-label={columns.before}>{lines(row.before)}</td>
            <td data-label={columns.after}>{lines(row.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nounOf(locale: Locale, subject: string): string {
  const noun = subject.split(":")[0] ?? subject;
  return safetyWords(locale).audit.nouns[noun] ?? noun;
}
