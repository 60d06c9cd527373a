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
import { dayOf, instantOf } from "#app/http/day.ts";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { rulesOf } from "#domain/governance/queries.server.ts";
import { sentences } from "#domain/governance/rule-sentences.ts";
import { withdrawProposal } from "#domain/governance/withdraw-proposal.server.ts";
import { date, dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { rulesWords } from "#i18n/rules.ts";
import { orPropose } from "./for-two.server.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { inForceWords, StateTag } from "./rules-parts.tsx";
import "#app/styles/office.css";
import "#app/styles/rules.css";
import { mayIn } from "#domain/people/permissions.ts";

const outcome = z.enum(["proposed", "adopted", "withdrawn"]);

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const now = house.clock.now();
  const version = (await rulesOf(db, coop.id, now)).find(({ id }) => id === args.params.id);
  if (!version) throw missing();
  const { steps, ...facts } = version;
  // What was planned, or tomorrow where that has gone by.
  const planned = version.inForceFrom > now ? dayOf(version.inForceFrom) : dayOf(now, 1);
  const said = outcome.safeParse(url.searchParams.get("fait"));
  return {
    coop,
    coops,
    version: { ...facts, sentences: sentences(steps) },
    planned,
    decides: mayIn(viewer, "decideRules", coop.id),
    done: said.data ?? null,
  };
}

const instantField = z.string().transform((written, context) => {
  const instant = instantOf(written);
  if (instant) return instant;
  context.addIssue({ code: "custom", message: written === "" ? "required" : "invalid" });
  return z.NEVER;
});
const decision = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("adopt"),
    voted: instantField,
    minutes: z.string().trim().min(1, "required").max(500, "tooLong"),
    from: instantField,
  }),
  z.object({ intent: z.literal("withdraw") }),
]);

/** Writes down what the meeting decided; the co-op's admins do. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "decideRules");
  insistOnFresh(door);
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url);
  const ruleId = z.uuid().safeParse(args.params.id);
  if (!coopIds.includes(coop.id) || !ruleId.success) throw missing();
  const given = await readForm(args.request, decision);
  if (!given.ok) return sendBack(given.answer);
  const wish = given.value;
  const of = { coopId: coop.id, ruleId: ruleId.data, by: viewer.id };
  const decided = await (wish.intent === "withdraw"
    ? orRefuse(locale, () => withdrawProposal(db, house, of))
    : orPropose(
        door,
        () =>
          adoptRule(db, house, { ...of, votedAt: wish.voted, minutes: wish.minutes, inForceFrom: wish.from }),
        {
          coopId: coop.id,
          terms: () => ({
            kind: "adopt_rule",
            ruleId: of.ruleId,
            votedAt: wish.voted.toISOString(),
            inForceFrom: wish.from.toISOString(),
            minutes: wish.minutes,
          }),
        },
      ));
  if (!decided.ok) return sendBack(decided.answer);
  const fait = wish.intent === "adopt" ? "adopted" : "withdrawn";
  // Decided already, by a form sent twice or by another admin: the page says what it is.
  const query = { coop: coop.slug, ...(decided.value && { fait }) };
  return redirect(pathTo("officeRule", locale, { id: ruleId.data }, query), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const words = rulesWords(locale);
  const name = data ? words.version(data.version.code) : words.title;
  return [{ title: `${name} · ${officeWords(locale).title}` }];
};

export default function Version() {
  const { coop, coops, version, planned, decides, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = rulesWords(locale);
  const open = version.state === "proposed" || version.state === "late";
  const { votedAt, adoptedAt, withdrawnAt } = version;
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answer && (
        <p className="notice good" role="status">
          {words.done[done](version.code)}
        </p>
      )}
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeRules", locale, coop)}>{words.title}</Link>
        </p>
        <h1 className="row baseline">
          {words.version(version.code)} <StateTag locale={locale} state={version.state} />
        </h1>
        <p className="lead">{inForceWords(locale, version)}</p>
        {version.state === "late" && <p className="notice warn">{words.lateHint}</p>}
      </header>
      <div className="rule-two">
        <section className="rule-in-force">
          <RuleSentences locale={locale} sentences={version.sentences} />
          <p>
            <Link
              className="button quiet"
              to={officePath("officeRuleSimulation", locale, coop, { regle: version.id })}
            >
              {words.simulate}
            </Link>
          </p>
        </section>
        <section className="stack stack-tight">
          {version.purpose && (
            <>
              <h2>{words.purpose}</h2>
              <p className="rule-purpose">{version.purpose}</p>
            </>
          )}
          <h2>{words.trail}</h2>
          <ul className="plain-list stack stack-tight">
            <li>{words.proposedOn(dateTime(locale, version.proposedAt), version.proposedBy)}</li>
            {votedAt && <li>{words.votedOn(date(locale, votedAt))}</li>}
            {version.minutes && <li>{words.minutesOf(version.minutes)}</li>}
            {adoptedAt && <li>{words.recordedOn(dateTime(locale, adoptedAt), version.adoptedBy)}</li>}
            {withdrawnAt && <li>{words.withdrawnOn(dateTime(locale, withdrawnAt), version.withdrawnBy)}</li>}
          </ul>
        </section>
      </div>
      {open && decides && <Vote locale={locale} planned={planned} answer={answer} />}
    </div>
  );
}

function Vote({
  locale,
  planned,
  answer,
}: {
  locale: Locale;
  planned: string;
  answer: FormAnswer | undefined;
}) {
  const { vote: words } = rulesWords(locale);
  return (
    <section className="card stack rule-vote" aria-labelledby="vote">
      <h2 id="vote">{words.title}</h2>
      <p className="soft">{words.lead}</p>
      <FormNotice locale={locale} answer={answer} />
      <Form method="post" className="stack">
        <div className="fields">
          <TextField
            locale={locale}
            name="voted"
            type="datetime-local"
            label={words.voted}
            answer={answer}
            required
          />
          <TextField
            locale={locale}
            name="from"
            type="date"
            label={words.from}
            hint={words.fromHint}
            answer={answer}
            defaultValue={planned}
            required
          />
        </div>
        <TextField
          locale={locale}
          name="minutes"
          label={words.minutes}
          hint={words.minutesHint}
          answer={answer}
          maxLength={500}
          required
        />
        <button type="submit" className="button" name="intent" value="adopt">
          {words.yes}
        </button>
      </Form>
      <Form method="post" className="row">
        <span className="soft">{words.no}</span>
        <button type="submit" className="button quiet small" name="intent" value="withdraw">
          {words.withdraw}
        </button>
      </Form>
    </section>
  );
}
