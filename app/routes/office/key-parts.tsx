import { Form } from "@remix-run/react";
import { FormNotice, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { type Scope, scopes } from "#domain/integrations/scopes.ts";
import { apiWords } from "#i18n/api.ts";
import { date, dateTime } from "#i18n/formats.ts";
import { integrationsWords } from "#i18n/integrations.ts";
import type { Locale } from "#i18n/locale.ts";
import { Checks } from "./checks.tsx";

type ShownKey = {
  id: string;
  name: string;
  scopes: Scope[];
  hint: string;
  madeBy: string;
  makerMay: boolean;
  madeAt: Date | string;
  until: Date | string | null;
  usedAt: Date | string | null;
  over: boolean;
};

/** A key that was just made, once. */
export function MadeKey({ made, locale }: { made: { name: string; secret: string | null }; locale: Locale }) {
  const { keys: words } = integrationsWords(locale);
  if (made.secret === null)
    return (
      <p className="notice warn" role="status">
        {words.again}
      </p>
    );
  return (
    <section className="notice good stack" role="status" aria-labelledby="made-key">
      <h2 id="made-key">{words.madeTitle(made.name)}</h2>
      <p>
        <code className="told-secret">{made.secret}</code>
      </p>
      <p>{words.once}</p>
    </section>
  );
}

/** The last day of a key: the one before the instant at which it is over. */
const lastDay = (until: Date | string) => new Date(new Date(until).getTime() - 43_200_000);

export function KeyTable({ keys, locale }: { keys: ShownKey[]; locale: Locale }) {
  const { keys: words } = integrationsWords(locale);
  const { columns } = words;
  if (keys.length === 0)
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
          {[columns.name, columns.scopes, columns.used, columns.until].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">{words.revoke}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row" className="breakable">
              {key.name}
              <span className="soft small">
                {words.ends(key.hint)}, {words.madeBy(key.madeBy, date(locale, new Date(key.madeAt)))}
              </span>
              {!key.makerMay && <span className="tag bad">{words.asleep}</span>}
            </th>
            <td data-label={columns.scopes}>
              <ul>
                {key.scopes.map((scope) => (
                  <li key={scope}>
                    <code>{scope}</code>
                  </li>
                ))}
              </ul>
            </td>
            <td data-label={columns.used}>
              {key.usedAt ? dateTime(locale, new Date(key.usedAt)) : words.never}
            </td>
            <td data-label={columns.until}>
              {key.over ? (
                <span className="tag bad">{words.over}</span>
              ) : key.until ? (
                date(locale, lastDay(key.until))
              ) : (
                words.noEnd
              )}
            </td>
            <td>
              <Form method="post">
                <input type="hidden" name="act" value="revoke" />
                <input type="hidden" name="id" value={key.id} />
                <button type="submit" className="button quiet small">
                  {words.revoke}
                  <span className="visually-hidden">, {key.name}</span>
                </button>
              </Form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function KeyForm({
  seed,
  answer,
  locale,
}: {
  seed: string;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const { keys: words } = integrationsWords(locale);
  const { scopes: allowed } = apiWords(locale);
  return (
    <section className="card stack" aria-labelledby="add-key">
      <h3 id="add-key">{words.add}</h3>
      <FormNotice locale={locale} answer={answer} />
      <Form method="post" className="stack" key={seed}>
        <input type="hidden" name="act" value="make" />
        <input type="hidden" name="seed" value={seed} />
        <div className="fields">
          <TextField
            locale={locale}
            name="name"
            label={words.name}
            hint={words.nameHint}
            answer={answer}
            required
            maxLength={80}
            autoComplete="off"
          />
          <TextField
            locale={locale}
            name="until"
            type="date"
            label={words.until}
            hint={words.untilHint}
            answer={answer}
          />
        </div>
        <Checks
          locale={locale}
          name="scopes"
          legend={words.scopes}
          choices={scopes.map((scope) => ({ value: scope, words: allowed[scope] }))}
          answer={answer}
        />
        <button type="submit" className="button">
          {words.submit}
        </button>
      </Form>
    </section>
  );
}
