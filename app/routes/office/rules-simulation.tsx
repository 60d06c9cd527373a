import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { BesideChart } from "#app/components/beside-chart.tsx";
import { SelectField, TextField } from "#app/components/field.tsx";
import { RuleSentences } from "#app/components/rule-sentences.tsx";
import { dayOf, instantOf } from "#app/http/day.ts";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { rulesOf } from "#domain/governance/queries.server.ts";
import { readRule } from "#domain/governance/rule.ts";
import { sentences } from "#domain/governance/rule-sentences.ts";
import { type Amount, settlementCurrency } from "#domain/money/amount.ts";
import {
  type SimulatedRecipient,
  type Simulation,
  simulateRule,
} from "#domain/revenue/simulation-queries.server.ts";
import { money, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { rulesWords } from "#i18n/rules.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { readDraft, stepsOf } from "./rule-draft.ts";
import "#app/styles/office.css";
import "#app/styles/rules.css";
import { mayIn } from "#domain/people/permissions.ts";

/** A rule of the co-op (`regle`) or a draft (its fields), on the sales split in a period (`de`, `a`, both days within). Nothing is written. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const now = house.clock.now();
  const versions = await rulesOf(db, coop.id, now);
  const wanted = url.searchParams.get("regle");
  const draft = readDraft(url.searchParams);
  const known =
    versions.find(({ id }) => id === wanted) ??
    versions.find(({ state }) => state === "proposed" || state === "late") ??
    versions.find(({ state }) => state === "in_force");
  const read = draft && (wanted === null || wanted === "draft") ? readRule(stepsOf(draft)) : null;
  const steps = read ? ("steps" in read ? read.steps : null) : (known?.steps ?? null);
  const dayIn = (name: string, otherwise: string) => {
    const day = url.searchParams.get(name) ?? "";
    return instantOf(day) ? day.slice(0, 10) : otherwise;
  };
  const period = { from: dayIn("de", dayOf(now, -365)), until: dayIn("a", dayOf(now)) };
  const from = instantOf(period.from)!;
  // The last day is within, whole.
  const until = instantOf(dayOf(instantOf(period.until)!, 1))!;
  const result = steps && (await simulateRule(db, { coopId: coop.id, steps, from, until }));
  return {
    coop,
    coops,
    versions: versions.map(({ id, code, state }) => ({ id, code, state })),
    chosen: read ? "draft" : (known?.id ?? null),
    draft,
    fault: read && "fault" in read ? read.fault : null,
    sentences: steps && sentences(steps),
    period,
    result,
    proposes: mayIn(viewer, "proposeRules", coop.id),
  };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${rulesWords(locale).simulation.title} · ${officeWords(locale).title}` }];
};

export default function SimulationPage() {
  const { coop, coops, versions, chosen, draft, fault, sentences, period, result, proposes } =
    useLoaderData<typeof loader>();
  const locale = useLocale();
  const all = rulesWords(locale);
  const words = all.simulation;
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeRules", locale, coop)}>{all.title}</Link>
        </p>
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <Form method="get" className="simulation-form">
        <input type="hidden" name="coop" value={coop.slug} />
        {draft &&
          Object.entries(draft).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <SelectField locale={locale} name="regle" label={words.rule} defaultValue={chosen ?? ""} key={chosen}>
          {draft && <option value="draft">{words.draft}</option>}
          {versions.map(({ id, code, state }) => (
            <option key={id} value={id}>
              {`${all.version(code)} (${all.states[state]})`}
            </option>
          ))}
        </SelectField>
        <TextField locale={locale} name="de" type="date" label={words.from} defaultValue={period.from} />
        <TextField locale={locale} name="a" type="date" label={words.until} defaultValue={period.until} />
        <button type="submit" className="button">
          {words.run}
        </button>
      </Form>
      {draft && proposes && (
        <p className="small">
          <Link to={officePath("officeRulePropose", locale, coop, draft)}>{words.backToDraft}</Link>
        </p>
      )}
      {fault && (
        <p className="notice bad" role="alert">
          {all.faults[fault]}
        </p>
      )}
      {sentences && (
        <section className="rule-in-force">
          <RuleSentences locale={locale} sentences={sentences} />
        </section>
      )}
      {result && result.lines === 0 && (
        <div className="empty">
          <h2>{words.empty}</h2>
        </div>
      )}
      {result && result.lines > 0 && <Result locale={locale} result={result} />}
    </div>
  );
}

function Result({ locale, result }: { locale: Locale; result: Simulation }) {
  const words = rulesWords(locale).simulation;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const shown = chartRows(locale, result.recipients);
  return (
    <>
      <dl className="figures">
        <div className="figure">
          <dt>{words.sold}</dt>
          <dd>
            <span className="rule-figure">{cash(result.sold)}</span>
            <span className="soft small">{words.lines(number(locale, result.lines))}</span>
          </dd>
        </div>
        <div className="figure">
          <dt>{words.fees}</dt>
          <dd>
            <span className="rule-figure">{cash(result.fees)}</span>
          </dd>
        </div>
        <div className="figure">
          <dt>{words.takenBack}</dt>
          <dd>
            <span className="rule-figure">{cash(result.takenBack)}</span>
          </dd>
        </div>
      </dl>
      <section className="stack" aria-labelledby="result">
        <h2 id="result">{words.result}</h2>
        <BesideChart rows={shown} had={words.had} would={words.would} />
        {shown.length < result.recipients.length && (
          <p className="small soft">{words.others(result.recipients.length - shown.length)}</p>
        )}
        <Table locale={locale} recipients={result.recipients} />
        <p className="small soft">{words.exact}</p>
      </section>
    </>
  );
}

const keyOf = (each: SimulatedRecipient) =>
  each.kind === "fund" ? each.fund : each.kind === "pool" ? each.workId : each.memberId;

function nameOf(locale: Locale, each: SimulatedRecipient): string {
  const words = rulesWords(locale);
  if (each.kind === "fund") return words.funds[each.fund];
  return each.kind === "pool" ? words.simulation.pool(each.title) : each.name;
}

/** The funds, and of the others those for whom most is at stake: what a picture can hold. */
function chartRows(locale: Locale, recipients: readonly SimulatedRecipient[]) {
  const words = rulesWords(locale).simulation;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const funds = recipients.filter(({ kind }) => kind === "fund");
  const others = recipients
    .filter(({ kind }) => kind !== "fund")
    .sort((a, b) => Math.max(b.had, b.would) - Math.max(a.had, a.would));
  return [...funds, ...others.slice(0, 12)].map((each) => ({
    key: keyOf(each),
    name: nameOf(locale, each),
    had: each.had,
    would: each.would,
    title: `${nameOf(locale, each)}: ${words.had} ${cash(each.had)}, ${words.would} ${cash(each.would)}`,
  }));
}

function Table({ locale, recipients }: { locale: Locale; recipients: readonly SimulatedRecipient[] }) {
  const words = rulesWords(locale).simulation;
  const groups = [
    { name: words.coop, kind: "fund" },
    { name: words.pools, kind: "pool" },
    { name: words.members, kind: "member" },
  ].map((group) => ({ ...group, rows: recipients.filter(({ kind }) => kind === group.kind) }));
  const total = (of: readonly SimulatedRecipient[], side: "had" | "would") =>
    of.reduce((all, each) => all + each[side], 0);
  return (
    <table className="office-table simulation-table">
      <thead>
        <tr>
          <th scope="col">{words.who}</th>
          <th scope="col" className="amount">
            {words.had}
          </th>
          <th scope="col" className="amount">
            {words.would}
          </th>
          <th scope="col" className="amount">
            {words.difference}
          </th>
        </tr>
      </thead>
      {groups
        .filter(({ rows }) => rows.length > 0)
        .map(({ name, kind, rows }) => (
          <tbody key={kind}>
            <Line locale={locale} name={name} had={total(rows, "had")} would={total(rows, "would")} sum />
            {rows.map((each) => (
              <Line
                key={keyOf(each)}
                locale={locale}
                name={nameOf(locale, each)}
                had={each.had}
                would={each.would}
              />
            ))}
          </tbody>
        ))}
      <tfoot>
        <Line
          locale={locale}
          name={words.total}
          had={total(recipients, "had")}
          would={total(recipients, "would")}
        />
      </tfoot>
    </table>
  );
}

function Line({
  locale,
  name,
  had,
  would,
  sum = false,
}: {
  locale: Locale;
  name: string;
  had: Amount;
  would: Amount;
  sum?: boolean;
}) {
  const words = rulesWords(locale).simulation;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const difference = would - had;
  return (
    <tr className={sum ? "group" : undefined}>
      <th scope="row">{name}</th>
      <td className="amount" data-label={words.had}>
        {cash(had)}
      </td>
      <td className="amount" data-label={words.would}>
        {cash(would)}
      </td>
      <td className="amount" data-label={words.difference}>
        {difference > 0 ? `+${cash(difference)}` : cash(difference)}
      </td>
    </tr>
  );
}
