import { Form, Link } from "@remix-run/react";
import { Lines, SideBySide, type SideRow } from "#app/components/merging-parts.tsx";
import type { Double, PersonBeside } from "#domain/metadata/person-queries.server.ts";
import { list } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

const numbersOf = (numbers: PersonBeside["numbers"]) =>
  numbers.map(({ scheme, value }) => `${scheme === "wikidata" ? "Wikidata" : scheme.toUpperCase()} ${value}`);

/** Two people side by side, and what the desk may say of them. */
export function DoublePeople({
  person,
  double,
  locale,
}: {
  person: PersonBeside;
  double: Double;
  locale: Locale;
}) {
  const words = mergingWords(locale).people;
  const titleId = `double-${double.id}`;
  const button = (act: string, label: string, look: string) => (
    <button
      type="submit"
      className={`button ${look} small`}
      name="act"
      value={act}
      aria-describedby={titleId}
    >
      {label}
    </button>
  );
  return (
    <article className="double stack" aria-labelledby={titleId}>
      <h3 id={titleId}>
        {double.name}{" "}
        <span className={`tag${double.why === "number" ? " good" : ""}`}>{words.why[double.why]}</span>
      </h3>
      {double.shared.length > 0 && (
        <p className="small">{words.shared(list(locale, numbersOf(double.shared)))}</p>
      )}
      <SideBySide
        caption={`${person.name}, ${double.name}`}
        heads={[words.this, words.other]}
        rows={rowsOf(locale, person, double)}
      />
      <Form method="post" className="double-acts">
        <input type="hidden" name="other" value={double.id} />
        {!double.ofOthers && button("keep", words.keepThis, "")}
        {!person.ofOthers && button("give", words.keepOther, double.ofOthers ? "" : "quiet")}
        {button("apart", words.apart, "quiet")}
        {(double.ofOthers || person.ofOthers) && <p className="small soft">{words.ofOthers}</p>}
      </Form>
    </article>
  );
}

function rowsOf(locale: Locale, one: PersonBeside, other: PersonBeside): SideRow[] {
  const words = mergingWords(locale).people;
  const rows: { key: keyof typeof words.rows; of: (side: PersonBeside) => string[] }[] = [
    { key: "name", of: ({ name }) => [name] },
    { key: "sortName", of: ({ sortName }) => (sortName ? [sortName] : []) },
    { key: "member", of: ({ memberOf }) => (memberOf ? [memberOf] : []) },
    { key: "numbers", of: ({ numbers }) => numbersOf(numbers) },
    { key: "claims", of: ({ claims }) => numbersOf(claims) },
    { key: "about", of: ({ about }) => [about[locale] ?? about.fr ?? about.en ?? ""].filter(Boolean) },
  ];
  const shown = rows
    .map(({ key, of }) => ({ key, a: of(one), b: of(other) }))
    .filter(({ a, b }) => a.length + b.length > 0)
    .map(({ key, a, b }) => ({
      key,
      label: words.rows[key],
      one: <Lines of={a} />,
      other: <Lines of={b} />,
      same: a.join("\n") === b.join("\n"),
    }));
  return [
    ...shown,
    {
      key: "works",
      label: words.rows.works,
      one: <Works of={one} locale={locale} />,
      other: <Works of={other} locale={locale} />,
      same: false,
    },
  ];
}

const mostShown = 8;

function Works({ of, locale }: { of: PersonBeside; locale: Locale }) {
  const words = mergingWords(locale).people;
  const { roles } = shopWords(locale);
  const lines = of.works.slice(0, mostShown).map((work) => {
    const text = words.work(
      work.title || "–",
      list(
        locale,
        work.roles.map((role) => roles[role] ?? role),
      ),
    );
    return work.ours ? (
      <Link key={work.id} to={pathTo("deskRecord", locale, { id: work.id })}>
        {text}
      </Link>
    ) : (
      `${text}, ${work.coop}`
    );
  });
  const more = of.works.length - mostShown;
  return <Lines of={more > 0 ? [...lines, `+ ${more}`] : lines} />;
}

/** Two people of one name had become one: the works of the other are ticked. */
export function SplitPerson({ person, locale }: { person: PersonBeside; locale: Locale }) {
  const words = mergingWords(locale).people;
  const { roles } = shopWords(locale);
  return (
    <details className="split">
      <summary>{words.split}</summary>
      <Form method="post" className="stack">
        <p className="soft">{words.splitLead}</p>
        <fieldset className="stack stack-tight">
          <legend className="visually-hidden">{words.rows.works}</legend>
          {person.works
            .filter(({ ours }) => ours)
            .map((work) => (
              <label key={work.id} className="choice">
                <input type="checkbox" name="work[]" value={work.id} />
                <span>
                  {work.title || "–"}{" "}
                  <span className="soft small">
                    {list(
                      locale,
                      work.roles.map((role) => roles[role] ?? role),
                    )}
                  </span>
                </span>
              </label>
            ))}
        </fieldset>
        <button type="submit" className="button quiet" name="act" value="split">
          {words.splitDo}
        </button>
      </Form>
    </details>
  );
}
