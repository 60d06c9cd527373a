import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { FormNotice, SelectField, TextArea, TextField } from "#app/components/field.tsx";
import { RuleSentences } from "#app/components/rule-sentences.tsx";
import { dayOf, instantOf } from "#app/http/day.ts";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, receive } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import { rulesInForce } from "#domain/governance/queries.server.ts";
import { type RuleSteps, readRule } from "#domain/governance/rule.ts";
import { type RuleSentence, sentences } from "#domain/governance/rule-sentences.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { shareLine } from "#domain/revenue/allocate.ts";
import { money } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { rulesWords } from "#i18n/rules.ts";
import { keptCoop } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { type Draft, draftOf, readDraft, stepsOf } from "./rule-draft.ts";
import "#app/styles/office.css";
import "#app/styles/rules.css";

type Preview = { sentences: RuleSentence[]; example: { key: string; amount: number }[] };
type Answer = FormAnswer & { draft?: Draft; preview?: Preview };

/** A book at 15.00 and the fee that Stripe would take of it: what the sentences come to. */
const example = { amount: 1500, fee: 74 };

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, coopIds } = await enterStaff(args, "proposeRules");
  const { coop, coops } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const now = house.clock.now();
  const current = (await rulesInForce(db, [coop.id], now)).get(coop.id);
  // From the simulator one comes back with what one was writing; else from the rule in force, in a month.
  const draft = readDraft(url.searchParams) ?? draftOf(current?.steps ?? null, dayOf(now, 30));
  return { coop, coops, draft, preview: previewOf(stepsOf(draft)), today: dayOf(now) };
}

/** The page with what was written in its address, where it fits: nothing is lost while one shows anew who one is. */
function draftPath(form: FormData, url: URL, locale: Locale): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of form)
    if (typeof value === "string" && name !== "intent") query.append(name, value);
  const page = pathTo("officeRulePropose", locale);
  const whole = `${page}?${query}`;
  return whole.length < 500 ? whole : page + url.search;
}

/** "preview" reads the draft back; "propose" puts it to the vote. The co-op's admins do. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "proposeRules");
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const form = await receive(args.request);
  const draft = readDraft(form) ?? draftOf(null, "");
  const steps = stepsOf(draft);
  const preview = previewOf(steps);
  const words = rulesWords(locale);
  const back = (answer: FormAnswer, status?: number) =>
    data({ ...answer, draft, ...(preview && { preview }) } satisfies Answer, status ?? 200);
  const read = readRule(steps);
  if ("fault" in read) return back({ refusal: words.faults[read.fault] }, 422);
  if (form.get("intent") !== "propose") return back({});
  insistOnFresh(door, draftPath(form, url, locale));
  const inForceFrom = instantOf(draft.from);
  if (!inForceFrom) return back({ errors: { from: draft.from === "" ? "required" : "invalid" } }, 422);
  const outcome = await orRefuse(locale, () =>
    proposeRule(db, house, {
      coopId: coop.id,
      steps: read.steps,
      inForceFrom,
      purpose: draft.purpose,
      by: viewer.id,
    }),
  );
  if (!outcome.ok) return back(outcome.answer, 422);
  const query = { coop: coop.slug, fait: "proposed" };
  return redirect(pathTo("officeRule", locale, { id: outcome.value.ruleId }, query), 303);
}

function previewOf(steps: unknown): Preview | null {
  const read = readRule(steps);
  return "steps" in read ? { sentences: sentences(read.steps), example: exampleOf(read.steps) } : null;
}

/** One sale by this rule, with expenses to pay back where it has a step for them. */
function exampleOf(steps: RuleSteps): Preview["example"] {
  const { parts } = shareLine({
    amount: example.amount,
    feePart: example.fee,
    steps,
    shares: [{ memberId: "work", parts: 1 }],
    poolDue: example.amount,
    counters: { 1: 0, 2: 0, 3: 0 },
  });
  const by = new Map<string, number>();
  for (const { to, amount } of parts) {
    const key = "fund" in to ? to.fund : "memberId" in to ? "work" : "pool";
    by.set(key, (by.get(key) ?? 0) + amount);
  }
  return [{ key: "fee", amount: example.fee }, ...[...by].map(([key, amount]) => ({ key, amount }))];
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${rulesWords(locale).draft.title} · ${officeWords(locale).title}` }];
};

export default function Propose() {
  const { coop, coops, today, ...loaded } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer>();
  const locale = useLocale();
  const words = rulesWords(locale).draft;
  const draft = answer?.draft ?? loaded.draft;
  const preview = answer ? answer.preview : loaded.preview;
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <div className="rule-two">
        <Form method="post" className="stack stack-loose">
          <FormNotice locale={locale} answer={answer} />
          {/* The simulator is asked by the address, which names the co-op too. */}
          <input type="hidden" name="coop" value={coop.slug} />
          <Steps locale={locale} draft={draft} />
          <TextField
            locale={locale}
            name="from"
            type="date"
            label={words.when}
            hint={words.whenHint}
            answer={answer}
            min={today}
            defaultValue={draft.from}
            required
          />
          <TextArea
            locale={locale}
            name="purpose"
            label={words.purpose}
            hint={words.purposeHint}
            rows={4}
            maxLength={2000}
            defaultValue={draft.purpose}
            optional
          />
          <div className="row">
            <button type="submit" className="button quiet" name="intent" value="preview">
              {words.preview}
            </button>
            <button
              type="submit"
              className="button quiet"
              formMethod="get"
              formNoValidate
              formAction={pathTo("officeRuleSimulation", locale)}
            >
              {words.simulate}
            </button>
            <button type="submit" className="button" name="intent" value="propose">
              {words.submit}
            </button>
          </div>
        </Form>
        {preview && (
          <aside className="rule-in-force" aria-labelledby="read" aria-live="polite">
            <h2 id="read">{words.read}</h2>
            <RuleSentences locale={locale} sentences={preview.sentences} />
            <Example locale={locale} example={preview.example} />
          </aside>
        )}
      </div>
    </div>
  );
}

function Steps({ locale, draft }: { locale: Locale; draft: Draft }) {
  const { draft: words, funds } = rulesWords(locale);
  return (
    <>
      <SelectField locale={locale} name="fee" label={words.fee} defaultValue={draft.fee}>
        <option value="all">{words.feeAll}</option>
        <option value="coop">{words.feeCoop}</option>
      </SelectField>
      <div>
        <fieldset className="stack stack-tight">
          <legend className="label">{words.fundsTitle}</legend>
          <p className="small soft">{words.fundsHint}</p>
          {([1, 2, 3] as const).map((n) => (
            <div key={n} className="rule-fund">
              <label className="visually-hidden" htmlFor={`fund${n}`}>
                {words.fund(n)}
              </label>
              <span className="field">
                <select id={`fund${n}`} name={`fund${n}`} defaultValue={draft[`fund${n}`]}>
                  <option value="">{words.noFund}</option>
                  {(["operating", "solidarity", "reserve"] as const).map((fund) => (
                    <option key={fund} value={fund}>
                      {funds[fund]}
                    </option>
                  ))}
                </select>
              </span>
              <label className="visually-hidden" htmlFor={`percent${n}`}>
                {words.percent(n)}
              </label>
              <span className="field">
                <input
                  id={`percent${n}`}
                  name={`percent${n}`}
                  inputMode="decimal"
                  autoComplete="off"
                  defaultValue={draft[`percent${n}`]}
                />
              </span>
              <span aria-hidden="true">%</span>
            </div>
          ))}
        </fieldset>
      </div>
      <TextField
        locale={locale}
        name="recoup"
        inputMode="decimal"
        autoComplete="off"
        label={words.recoup}
        hint={words.recoupHint}
        defaultValue={draft.recoup}
      />
      <p className="label">{words.shares}</p>
    </>
  );
}

function Example({ locale, example: parts }: { locale: Locale; example: Preview["example"] }) {
  const { draft: words, funds } = rulesWords(locale);
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const nameOf = (key: string) =>
    key === "fee"
      ? words.feeRow
      : key === "work"
        ? words.toWork
        : key === "pool"
          ? words.toPool
          : funds[key as keyof typeof funds];
  return (
    <table className="rule-example">
      <caption>{words.example(cash(example.amount), cash(example.fee))}</caption>
      <tbody>
        {parts.map(({ key, amount }) => (
          <tr key={key}>
            <th scope="row">{nameOf(key)}</th>
            <td className="amount">{cash(amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
