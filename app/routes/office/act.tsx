import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice } from "#app/components/field.tsx";
import { type Door, enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { confirmAct, declineAct } from "#domain/approval/decide-act.server.ts";
import { findAct, type ListedAct } from "#domain/approval/queries.server.ts";
import { mayIn } from "#domain/people/permissions.ts";
import { effectOfRefund, type RefundEffect } from "#domain/sales/effect-of-refund.server.ts";
import { findRefundableFor } from "#domain/sales/refund-queries.server.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { safetyWords } from "#i18n/safety.ts";
import { ActFacts, ActTrail, actMood, actTitle, type ShownAct } from "./act-parts.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { Effect } from "./refund-effect.tsx";
import "#app/styles/office.css";
import "#app/styles/money-back.css";

const outcomes = ["proposed", "confirmed", "declined"] as const;

/** Found through who keeps the books of the act's co-op. */
async function enterAct(args: LoaderFunctionArgs | ActionFunctionArgs, verb: "readMoney" | "confirmActs") {
  const door = await enterStaff(args, verb);
  const { data: id } = z.uuid().safeParse(args.params.id);
  const act = id ? await findAct(door.db, door.house, { personId: door.viewer.id, actId: id }) : null;
  if (!act) throw missing();
  const url = new URL(door.url);
  url.searchParams.set("coop", act.coopSlug);
  return { ...door, act, ...keptCoop(door.viewer, url) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url, act, coop, coops } = await enterAct(args, "readMoney");
  const said = url.searchParams.get("fait");
  return {
    coop,
    coops,
    act,
    effect: act.state === "open" ? await effectOf(db, viewer.id, act) : null,
    isOwn: act.proposedById === viewer.id,
    confirms: mayIn(viewer, "confirmActs", coop.id),
    done: outcomes.find((each) => each === said) ?? null,
  };
}

/** What confirming a refund would take from each, as the sale stands now. */
async function effectOf(
  db: Door["db"],
  personId: string,
  { terms }: ListedAct,
): Promise<RefundEffect | null> {
  if (terms.kind !== "refund") return null;
  const sale = await findRefundableFor(db, personId, terms.saleId);
  if (!sale || sale.disputed || sale.underWay) return null;
  const lineIds = sale.lines.filter(({ position }) => terms.lines.includes(position)).map(({ id }) => id);
  const left = sale.lines.filter(({ id }) => lineIds.includes(id)).reduce((sum, line) => sum + line.left, 0);
  return terms.amount <= left ? effectOfRefund(db, sale, { lineIds, amount: terms.amount }) : null;
}

const form = z.object({ answer: z.enum(["confirm", "decline"]) });

/** Confirms what somebody else proposed, or ends a proposal. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, act } = await enterAct(args, "confirmActs");
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const confirms = given.value.answer === "confirm";
  const outcome = await orRefuse<unknown>(locale, () =>
    (confirms ? confirmAct : declineAct)(db, house, { actId: act.id, by: viewer.id }),
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack(outcome.answer, 409);
  }
  const fait = confirms ? "confirmed" : "declined";
  return redirect(pathTo("officeAct", locale, { id: act.id }, { fait }), 303);
}

/** Refused because somebody was faster, the page shows where the proposal stands now. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${safetyWords(locale).acts.title} · ${officeWords(locale).title}` }];
};

export default function Act() {
  const { coop, coops, act, effect, isOwn, confirms, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { acts: words } = safetyWords(locale);
  const about = aboutOf(locale, act);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {done && !answer && (
        <p className="notice good" role="status">
          {words.done[done]}
        </p>
      )}
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeActs", locale, coop)}>{words.back}</Link>
        </p>
        <h1 className="row baseline">
          {actTitle(locale, act)}{" "}
          <span className={`tag ${actMood[act.state]}`}>{words.states[act.state]}</span>
        </h1>
        <ActTrail act={act} locale={locale} />
      </header>
      <ActFacts terms={act.terms} locale={locale} />
      {about && (
        <p>
          <Link to={about.to}>{about.words}</Link>
        </p>
      )}
      {act.state === "open" && (
        <section className="card stack" aria-labelledby="effect-title">
          <h2 id="effect-title">{words.effect}</h2>
          {act.terms.kind !== "refund" ? (
            <p>{words.effects[act.terms.kind]}</p>
          ) : (
            effect && <Effect effect={effect} locale={locale} />
          )}
          <FormNotice locale={locale} answer={answer} />
          {confirms && (
            <Form method="post" className="row">
              {!isOwn && (
                <button type="submit" className="button" name="answer" value="confirm">
                  {words.confirm}
                </button>
              )}
              <button type="submit" className="button quiet" name="answer" value="decline">
                {isOwn ? words.withdraw : words.decline}
              </button>
            </Form>
          )}
          {isOwn && <p className="soft">{words.own}</p>}
        </section>
      )}
    </div>
  );
}

function aboutOf(locale: Locale, { subject, coopSlug }: ShownAct): { to: string; words: string } | null {
  const { acts: words } = safetyWords(locale);
  const [noun = "", id = ""] = subject.split(":");
  const query = { coop: coopSlug };
  if (noun === "sale") return { to: pathTo("officeSale", locale, { id }), words: words.seeSale };
  if (noun === "member") return { to: pathTo("officePayee", locale, { id }, query), words: words.seePayee };
  if (noun === "rule") return { to: pathTo("officeRule", locale, { id }, query), words: words.seeRule };
  return null;
}
