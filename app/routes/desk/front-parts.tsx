import { Form } from "@remix-run/react";
import { SelectField, TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { type FrontKind, plainKinds } from "#domain/catalogue/front-sections.ts";
import { frontWords } from "#i18n/front.ts";
import type { Locale } from "#i18n/locale.ts";

/** What may be put on the front page: shelves that fill themselves, a selection, a work with a sentence, a co-op. */
export function AddSection({
  taken,
  collections,
  coops,
  answer,
  locale,
}: {
  taken: FrontKind[];
  collections: { id: string; title: { fr?: string; en?: string } }[];
  coops: { id: string; name: string }[];
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const { french, english, front: words } = frontWords(locale);
  const left = plainKinds.filter((kind) => !taken.includes(kind));
  const add = (act: string) => (
    <button type="submit" name="act" value={act} className="button small">
      {words.addThis}
    </button>
  );
  return (
    <section aria-labelledby="add" className="card compose-add">
      <h2 id="add">{words.add}</h2>
      <Form method="post" className="stack stack-tight" preventScrollReset>
        <input type="hidden" name="act" value="plain" />
        <h3>{words.plain}</h3>
        {left.length === 0 ? (
          <p className="soft small">{words.noneLeft}</p>
        ) : (
          <p className="row">
            {left.map((kind) => (
              <button key={kind} type="submit" name="kind" value={kind} className="button quiet small">
                {words.kinds[kind]}
              </button>
            ))}
          </p>
        )}
      </Form>
      <details>
        <summary>{words.kinds.collection}</summary>
        {collections.length === 0 ? (
          <p className="soft small">{words.noCollection}</p>
        ) : (
          <Form method="post" className="stack" preventScrollReset>
            <SelectField locale={locale} name="collection" label={words.collection} answer={answer}>
              {collections.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title[locale] ?? title.fr}
                </option>
              ))}
            </SelectField>
            {add("collection")}
          </Form>
        )}
      </details>
      <details open={answer?.values?.work !== undefined}>
        <summary>{words.kinds.pick}</summary>
        <Form method="post" className="stack" preventScrollReset>
          <TextField
            locale={locale}
            name="work"
            label={words.work}
            answer={answer}
            required
            autoComplete="off"
          />
          <TextArea
            locale={locale}
            name="fr"
            label={words.sentence(french)}
            answer={answer}
            lang="fr"
            rows={2}
            maxLength={500}
          />
          <TextArea
            locale={locale}
            name="en"
            label={words.sentence(english)}
            answer={answer}
            lang="en"
            optional
            rows={2}
            maxLength={500}
          />
          {add("pick")}
        </Form>
      </details>
      <details>
        <summary>{words.kinds.coop}</summary>
        <Form method="post" className="stack" preventScrollReset>
          <SelectField locale={locale} name="coop" label={words.coop} answer={answer}>
            {coops.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          {add("coop")}
        </Form>
      </details>
    </section>
  );
}
