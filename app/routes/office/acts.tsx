import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { readAmount } from "#app/http/amount.ts";
import { enterStaff, insistOnFresh, missing } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { listActs, twoPeopleOf } from "#domain/approval/queries.server.ts";
import { setTwoPeople } from "#domain/approval/set-two-people.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { mayIn } from "#domain/people/permissions.ts";
import { money, plainMoney } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { safetyWords } from "#i18n/safety.ts";
import { ActTrail, actMood, actTitle, type ShownAct } from "./act-parts.tsx";
import { orPropose } from "./for-two.server.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";
import "#app/styles/account.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const [acts, limit] = await Promise.all([
    listActs(db, house, { personId: viewer.id, coopId: coop.id }),
    twoPeopleOf(db, coop.id),
  ]);
  return {
    coop,
    coops,
    ...acts,
    limit,
    sets: mayIn(viewer, "setTwoPeople", coop.id),
    done: url.searchParams.get("fait") === "set",
  };
}

const form = z.object({
  above: z.string().transform((typed, context) => {
    if (typed.trim() === "") return null;
    const amount = readAmount(typed.trim());
    if (amount !== null) return amount;
    context.addIssue({ code: "custom", message: "money" });
    return z.NEVER;
  }),
});

/** Sets above which amount two people are needed: the co-op's admins do; looser, by two. */
export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "setTwoPeople");
  insistOnFresh(door);
  const { db, house, viewer, locale, url, coopIds } = door;
  const { coop } = keptCoop(viewer, url);
  if (!coopIds.includes(coop.id)) throw missing();
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { above } = given.value;
  const outcome = await orPropose(
    door,
    () => setTwoPeople(db, house, { coopId: coop.id, above, by: viewer.id }),
    { coopId: coop.id, terms: () => ({ kind: "limit", above }) },
  );
  if (!outcome.ok) return sendBack(outcome.answer, 409);
  return redirect(officePath("officeActs", locale, coop, { fait: "set" }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${safetyWords(locale).acts.title} · ${officeWords(locale).title}` }];
};

export default function Acts() {
  const { coop, coops, open, past, limit, sets, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { acts: words } = safetyWords(locale);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answer && (
        <p className="notice good" role="status">
          {words.done.set}
        </p>
      )}
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <section className="stack" aria-labelledby="open-title">
        <h2 id="open-title">{words.openTitle}</h2>
        {open.length === 0 ? (
          <div className="empty">
            <h3>{words.emptyTitle}</h3>
            <p className="soft">{words.empty}</p>
          </div>
        ) : (
          <ActList acts={open} locale={locale} />
        )}
      </section>
      <section className="card stack" aria-labelledby="limit-title">
        <h2 id="limit-title">{words.limitTitle}</h2>
        <p>
          {limit.above === null
            ? words.limitNone
            : words.limitIs(money(locale, limit.above, settlementCurrency))}{" "}
          {words.people(limit.people)}
        </p>
        {sets && (
          <Form method="post" className="stack">
            <FormNotice locale={locale} answer={answer} />
            <TextField
              locale={locale}
              name="above"
              label={words.limit}
              hint={words.limitHint}
              answer={answer}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={limit.above === null ? "" : plainMoney(locale, limit.above)}
            />
            <button type="submit" className="button quiet">
              {words.set}
            </button>
          </Form>
        )}
      </section>
      {past.length > 0 && (
        <section className="stack" aria-labelledby="past-title">
          <h2 id="past-title">{words.pastTitle}</h2>
          <ActList acts={past} locale={locale} />
        </section>
      )}
    </div>
  );
}

function ActList({ acts, locale }: { acts: ShownAct[]; locale: Locale }) {
  const { acts: words } = safetyWords(locale);
  return (
    <ul className="account-list plain-list">
      {acts.map((act) => (
        <li key={act.id}>
          <div>
            <h3>
              <Link to={pathTo("officeAct", locale, { id: act.id })}>{actTitle(locale, act)}</Link>{" "}
              <span className={`tag ${actMood[act.state]}`}>{words.states[act.state]}</span>
            </h3>
            <ActTrail act={act} locale={locale} />
          </div>
          {act.amount !== null && <strong>{money(locale, act.amount, settlementCurrency)}</strong>}
        </li>
      ))}
    </ul>
  );
}
