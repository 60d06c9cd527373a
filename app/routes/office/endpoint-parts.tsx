import { Form, Link } from "@remix-run/react";
import { FormNotice, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { type EventName, events } from "#domain/integrations/scopes.ts";
import { apiWords } from "#i18n/api.ts";
import { integrationsWords } from "#i18n/integrations.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { Checks } from "./checks.tsx";
import type { KeptCoop } from "./kept-coop.ts";

type ShownEndpoint = {
  id: string;
  url: string;
  events: EventName[];
  delivered: number;
  waiting: number;
  givenUp: number;
};

export function EndpointTable({
  endpoints,
  coop,
  locale,
}: {
  endpoints: ShownEndpoint[];
  coop: KeptCoop;
  locale: Locale;
}) {
  const { endpoints: words } = integrationsWords(locale);
  const { columns } = words;
  if (endpoints.length === 0)
    return (
      <div className="empty">
        <h3>{words.emptyTitle}</h3>
        <p className="soft">{words.empty}</p>
      </div>
    );
  return (
    <table className="office-table">
      <thead>
        <tr>
          {[columns.url, columns.events, columns.month].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <tr key={endpoint.id}>
            <th scope="row" className="breakable">
              <Link to={pathTo("officeEndpoint", locale, { id: endpoint.id }, { coop: coop.slug })}>
                {endpoint.url}
              </Link>
            </th>
            <td data-label={columns.events}>
              <ul>
                {endpoint.events.map((event) => (
                  <li key={event}>
                    <code>{event}</code>
                  </li>
                ))}
              </ul>
            </td>
            <td data-label={columns.month}>
              <EndpointCounts endpoint={endpoint} locale={locale} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How it went in thirty days; what was given up is said aloud. */
export function EndpointCounts({
  endpoint: { delivered, waiting, givenUp },
  locale,
}: {
  endpoint: Pick<ShownEndpoint, "delivered" | "waiting" | "givenUp">;
  locale: Locale;
}) {
  const { endpoints: words } = integrationsWords(locale);
  return (
    <>
      {words.delivered(delivered)}
      {waiting > 0 && `, ${words.waiting(waiting)}`}
      {givenUp > 0 && (
        <>
          {" "}
          <span className="tag bad">{words.givenUp(givenUp)}</span>
        </>
      )}
    </>
  );
}

export function EndpointForm({
  seed,
  answer,
  locale,
}: {
  seed: string;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const { endpoints: words } = integrationsWords(locale);
  const { events: told } = apiWords(locale);
  return (
    <section className="card stack" aria-labelledby="add-endpoint">
      <h3 id="add-endpoint">{words.add}</h3>
      <FormNotice locale={locale} answer={answer} />
      <Form method="post" className="stack" key={seed}>
        <input type="hidden" name="act" value="tell" />
        <input type="hidden" name="seed" value={seed} />
        <TextField
          locale={locale}
          name="url"
          type="url"
          label={words.url}
          hint={words.urlHint}
          answer={answer}
          required
          maxLength={500}
          autoComplete="off"
          placeholder="https://"
        />
        <Checks
          locale={locale}
          name="events"
          legend={words.events}
          choices={events.map((event) => ({ value: event, words: told[event] }))}
          answer={answer}
        />
        <button type="submit" className="button">
          {words.submit}
        </button>
      </Form>
    </section>
  );
}
