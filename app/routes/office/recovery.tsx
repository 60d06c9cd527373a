import { Form } from "@remix-run/react";
import { SelectField } from "#app/components/field.tsx";
import { accountWords } from "#i18n/account.ts";
import type { Locale } from "#i18n/locale.ts";
import { safetyWords } from "#i18n/safety.ts";

/** Lets somebody of the staff who lost every passkey make a new one. */
export function Recovery({
  others,
  allowed,
  locale,
}: {
  others: { id: string; name: string; passkeys: number }[];
  allowed: boolean;
  locale: Locale;
}) {
  const { recovery: words } = safetyWords(locale);
  return (
    <details open={allowed}>
      <summary>{words.title}</summary>
      <div className="stack">
        <p className="soft">{words.lead}</p>
        {allowed && (
          <p className="notice good" role="status">
            {words.done}
          </p>
        )}
        {others.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <Form method="post" className="stack">
            <input type="hidden" name="act" value="recover" />
            <SelectField locale={locale} name="person" label={words.who}>
              {others.map(({ id, name, passkeys }) => (
                <option key={id} value={id}>
                  {name} ({accountWords(locale).keys(passkeys)})
                </option>
              ))}
            </SelectField>
            <button type="submit" className="button quiet">
              {words.open}
            </button>
          </Form>
        )}
      </div>
    </details>
  );
}
