import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { RuleSentences } from "#app/components/rule-sentences.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { taxNumbersOf } from "#domain/coops/queries.server.ts";
import { setTaxNumbers } from "#domain/coops/set-tax-numbers.server.ts";
import { rulesOf } from "#domain/governance/queries.server.ts";
import { sentences } from "#domain/governance/rule-sentences.ts";
import { date } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { rulesWords } from "#i18n/rules.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { inForceWords, StateTag } from "./rules-parts.tsx";
import "#app/styles/office.css";
import "#app/styles/rules.css";
import { mayIn } from "#domain/people/permissions.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const [versions, taxNumbers] = await Promise.all([
    rulesOf(db, coop.id, house.clock.now()),
    taxNumbersOf(db, coop.id),
  ]);
  return {
    coop,
    coops,
    taxNumbers,
    saved: url.searchParams.get("fait") === "taxes",
    versions: versions.map(({ steps, ...version }) => ({ ...version, sentences: sentences(steps) })),
    proposes: mayIn(viewer, "proposeRules", coop.id),
  };
}

const number = z.string().trim().max(40, "tooLong");
const taxForm = z.object({ tps: number, tvq: number, tva: number });

/** The tax numbers of the co-op: its admins give them. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, url, coopIds } = await enterStaff(args, "giveTaxNumbers");
  const { coop } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const given = await readForm(args.request, taxForm);
  if (!given.ok) return sendBack(given.answer);
  await setTaxNumbers(db, house, { coopId: coop.id, numbers: given.value, by: viewer.id });
  return redirect(officePath("officeRules", locale, coop, { fait: "taxes" }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${rulesWords(locale).title} · ${officeWords(locale).title}` }];
};

export default function Rules() {
  const { coop, coops, versions, proposes, taxNumbers, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = rulesWords(locale);
  const inForce = versions.find(({ state }) => state === "in_force");
  const open = versions.filter(({ state }) => state === "proposed" || state === "late" || state === "coming");
  const past = versions.filter(({ state }) => state === "past" || state === "withdrawn");
  const to = (id: string) => pathTo("officeRule", locale, { id }, { coop: coop.slug });
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {saved && !answer && (
        <p className="notice good" role="status">
          {words.taxes.saved}
        </p>
      )}
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead(coop.name)}</p>
      </header>
      <section className="rule-in-force" aria-labelledby="in-force">
        <h2 id="in-force">{inForce ? words.inForce : words.none}</h2>
        {inForce ? (
          <>
            <RuleSentences locale={locale} sentences={inForce.sentences} />
            <p className="small soft">
              <Link to={to(inForce.id)}>{words.version(inForce.code)}</Link>.{" "}
              {inForce.votedAt && words.votedOn(date(locale, inForce.votedAt))}{" "}
              {inForceWords(locale, inForce)}
            </p>
          </>
        ) : (
          <p>{words.noneHint}</p>
        )}
        <p className="row">
          {proposes && (
            <Link className="button" to={officePath("officeRulePropose", locale, coop)}>
              {words.propose}
            </Link>
          )}
          <Link className="button quiet" to={officePath("officeRuleSimulation", locale, coop)}>
            {words.simulate}
          </Link>
        </p>
      </section>
      <section className="stack" aria-labelledby="open">
        <h2 id="open">{words.open}</h2>
        {open.length === 0 && <p className="soft">{words.openNone}</p>}
        <div className="rule-cards">
          {open.map((version) => (
            <article key={version.id} className="card stack stack-tight">
              <h3 className="row between">
                <Link to={to(version.id)}>{words.version(version.code)}</Link>
                <StateTag locale={locale} state={version.state} />
              </h3>
              <p>{inForceWords(locale, version)}</p>
              {version.state === "late" && <p className="notice warn small">{words.lateHint}</p>}
              <RuleSentences locale={locale} sentences={version.sentences} />
              {version.purpose && <p className="soft rule-purpose">{version.purpose}</p>}
            </article>
          ))}
        </div>
      </section>
      {past.length > 0 && (
        <section className="stack" aria-labelledby="history">
          <h2 id="history">{words.history}</h2>
          <ul className="plain-list rule-past">
            {past.map((version) => (
              <li key={version.id} className="row baseline">
                <Link to={to(version.id)}>{words.version(version.code)}</Link>
                <StateTag locale={locale} state={version.state} />
                <span className="soft small">{inForceWords(locale, version)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <TaxNumbers locale={locale} numbers={taxNumbers} answer={answer} changes={proposes} />
    </div>
  );
}

function TaxNumbers({
  locale,
  numbers,
  answer,
  changes,
}: {
  locale: Locale;
  numbers: Record<string, string>;
  answer: FormAnswer | undefined;
  changes: boolean;
}) {
  const { taxes: words } = rulesWords(locale);
  const codes = ["tps", "tvq", "tva"] as const;
  return (
    <section className="stack rule-taxes" aria-labelledby="taxes">
      <h2 id="taxes">{words.title}</h2>
      <p className="soft">{words.lead}</p>
      {changes ? (
        <Form method="post" className="stack">
          <FormNotice locale={locale} answer={answer} />
          <div className="fields">
            {codes.map((code) => (
              <TextField
                key={code}
                locale={locale}
                name={code}
                label={words.numbers[code]}
                answer={answer}
                defaultValue={numbers[code] ?? ""}
                autoComplete="off"
                maxLength={40}
              />
            ))}
          </div>
          <p className="small soft">{words.blank}</p>
          <button type="submit" className="button quiet">
            {words.save}
          </button>
        </Form>
      ) : (
        <dl className="facts">
          {codes.map((code) => (
            <div key={code}>
              <dt>{words.numbers[code]}</dt>
              <dd>{numbers[code] ?? words.none}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
