import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { events } from "#domain/integrations/scopes.ts";
import { apiWords } from "#i18n/api.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { operations } from "./operations.server.ts";
import { problemStatus } from "./problem.ts";
import { receiverExample } from "./receiver-example.ts";
import { eventBodies } from "./shapes.ts";
import { fieldsOf, type ShownField } from "./shown-fields.server.ts";
import "#app/styles/integrations.css";

export async function loader(args: LoaderFunctionArgs) {
  const { house, locale } = await enter(args);
  const { fields: notes, parameters } = apiWords(locale);
  return {
    base: house.settings.publicUrl,
    calls: operations.map(({ name, method, path, scope, query, body, answer }) => ({
      name,
      method,
      path,
      scope,
      parameters: [
        ...(path.includes("{id}") ? [{ place: "id", type: "string", note: parameters.id ?? null }] : []),
        ...fieldsOf(query, "input", parameters),
      ],
      body: body ? fieldsOf(body, "input", notes) : [],
      answer: fieldsOf(answer, "output", notes),
    })),
    told: events.map((event) => ({ event, fields: fieldsOf(eventBodies[event], "output", notes) })),
  };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  const { title, lead } = apiWords(locale);
  return head(locale, { title, description: lead });
};

/** What the API does, in the house's own words. */
export default function Reference() {
  const { base, calls, told } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = apiWords(locale);
  const sections = [
    ["begin", words.begin.title],
    ["keys", words.keys.title],
    ["care", words.care.title],
    ["calls", words.list.title],
    ["told", words.told.title],
  ] as const;
  return (
    <article className="page api">
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
        <p>
          <a href={pathTo("apiList", locale, { noun: "openapi.json" })}>{words.openApi}</a>
        </p>
        <nav className="api-contents" aria-label={words.contents}>
          <ul className="plain-list">
            {sections.map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <section id="begin" className="stack">
        <h2>{words.begin.title}</h2>
        <Paragraphs all={words.begin.text} />
        <pre>{`curl ${base}/api/v1/works?limit=3`}</pre>
      </section>
      <section id="keys" className="stack">
        <h2>{words.keys.title}</h2>
        <Paragraphs all={words.keys.text} />
        <pre>{`curl -H "Authorization: Bearer ventes_…" ${base}/api/v1/sales`}</pre>
        <table>
          <tbody>
            {Object.entries(words.scopes).map(([scope, allowed]) => (
              <tr key={scope}>
                <th scope="row">
                  <code>{scope}</code>
                </th>
                <td>{allowed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section id="care" className="stack">
        <h2>{words.care.title}</h2>
        <Paragraphs all={words.care.text} />
        <Problems locale={locale} />
      </section>
      <section id="calls" className="stack">
        <h2>{words.list.title}</h2>
        <div>
          {calls.map((call) => (
            <details key={call.name} className="api-call" id={call.name}>
              <summary>
                <code>
                  {call.method} /api/v1{call.path}
                </code>
                <span className="small soft">{call.scope ?? words.open}</span>
                <p>{words.operations[call.name]}</p>
              </summary>
              <Fields locale={locale} title={words.parametersTitle} fields={call.parameters} />
              <Fields locale={locale} title={words.bodyTitle} fields={call.body} />
              <Fields locale={locale} title={words.answerTitle} fields={call.answer} />
            </details>
          ))}
        </div>
      </section>
      <section id="told" className="stack">
        <h2>{words.told.title}</h2>
        <Paragraphs all={words.told.text} />
        <h3>{words.told.receiver}</h3>
        <pre>{receiverExample}</pre>
        <div>
          {told.map(({ event, fields }) => (
            <details key={event} className="api-call" id={event}>
              <summary>
                <code>{event}</code>
                <p>{words.events[event]}</p>
              </summary>
              <Fields locale={locale} title={words.bodyTitle} fields={fields} />
            </details>
          ))}
        </div>
      </section>
    </article>
  );
}

function Paragraphs({ all }: { all: string[] }) {
  return (
    <>
      {all.map((text) => (
        <p key={text} className="prose">
          {text}
        </p>
      ))}
    </>
  );
}

function Fields({ locale, title, fields }: { locale: Locale; title: string; fields: ShownField[] }) {
  const { columns } = apiWords(locale);
  if (fields.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <div className="scroll-x">
        <table>
          <thead>
            <tr>
              <th scope="col">{columns.field}</th>
              <th scope="col">{columns.type}</th>
              <th scope="col">{columns.note}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ place, type, note }) => (
              <tr key={place}>
                <th scope="row">
                  <code>{place}</code>
                </th>
                <td>
                  <code>{type}</code>
                </td>
                <td>{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Problems({ locale }: { locale: Locale }) {
  const { problems, care } = apiWords(locale);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{care.columns.status}</th>
          <th scope="col">{care.columns.code}</th>
          <th scope="col">{care.columns.words}</th>
        </tr>
      </thead>
      <tbody>
        {(Object.keys(problems) as (keyof typeof problems)[]).map((code) => (
          <tr key={code} id={code}>
            <td>{problemStatus[code]}</td>
            <td>
              <code>{code}</code>
            </td>
            <td>{problems[code].title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
