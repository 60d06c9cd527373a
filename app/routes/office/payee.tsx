import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { amountField } from "#app/http/amount.ts";
import { type Door, enterStaff, missing } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import type { ActTerms } from "#domain/approval/act.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { clearHold } from "#domain/payouts/clear-hold.server.ts";
import { handOverUnclaimed } from "#domain/payouts/hand-over-unclaimed.server.ts";
import { choicesFor } from "#domain/payouts/payee-choice-queries.server.ts";
import { findPayee, historyOfPayee } from "#domain/payouts/payee-queries.server.ts";
import { reclaim } from "#domain/payouts/reclaim.server.ts";
import { recordNotice } from "#domain/payouts/record-notice.server.ts";
import { recordOutsidePayment } from "#domain/payouts/record-outside-payment.server.ts";
import { remitUnclaimed } from "#domain/payouts/remit-unclaimed.server.ts";
import { retryPayee } from "#domain/payouts/retry-payee.server.ts";
import { shareAccount } from "#domain/payouts/share-account.server.ts";
import { takeBackRemittance } from "#domain/payouts/take-back-remittance.server.ts";
import { writeOff } from "#domain/payouts/write-off.server.ts";
import { entriesFor } from "#domain/transparency/books-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { askedBy, payeeWords } from "#i18n/payees.ts";
import { EntryList } from "./entry-list.tsx";
import { orPropose } from "./for-two.server.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { type ActAnswer, ActForms, hasChoices } from "./payee-acts.tsx";
import { Acts, accountMood, Transfers } from "./payee-parts.tsx";
import "#app/styles/office.css";

/** Found through who keeps the books: a member by their id, or a co-op with an account of its own by its id. */
async function enterPayee(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "readMoney");
  const { data: id } = z.uuid().safeParse(args.params.id);
  if (!id) throw missing();
  const payee =
    (await findPayee(door.db, door.viewer.id, `member:${id}`)) ??
    (await findPayee(door.db, door.viewer.id, `coop:${id}`));
  const role = door.viewer.roles.find(({ coopId }) => coopId === payee?.coopId);
  if (!payee || !role) throw missing();
  const url = new URL(door.url);
  url.searchParams.set("coop", role.coopSlug);
  return { ...door, id, payee, ...keptCoop(door.viewer, url) };
}

const shownEntries = 20;

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, payee, coop, coops } = await enterPayee(args);
  const account = payee.memberId === null ? `${payee.destination}:operating` : payee.destination;
  const [history, choices, entries] = await Promise.all([
    historyOfPayee(db, payee.destination),
    choicesFor(db, house, payee),
    entriesFor(db, viewer.id, coop.id, { account, before: null, limit: shownEntries }),
  ]);
  return {
    coop,
    coops,
    payee,
    choices,
    ...history,
    account,
    entries: entries ?? [],
    today: house.clock.now().toISOString().slice(0, 10),
    done: url.searchParams.get("fait"),
    figures: url.searchParams.get("n"),
  };
}

const words = z.string().trim().min(1).max(2000);
const day = z.iso.date();
const form = z.discriminatedUnion("act", [
  z.object({ act: z.literal("clear"), words }),
  z.object({ act: z.literal("retry") }),
  z.object({ act: z.literal("share") }),
  z.object({ act: z.literal("notice"), on: day, how: words }),
  z.object({ act: z.literal("outside"), amount: amountField, paidOn: day, reference: words }),
  z.object({ act: z.literal("writeOff"), reason: words }),
  z.object({ act: z.literal("unclaimed") }),
  z.object({ act: z.literal("reclaim") }),
  z.object({ act: z.literal("remit"), authority: words, remittedOn: day, remittance: words }),
  z.object({ act: z.literal("remitBack"), remittanceId: z.uuid(), backReason: words }),
]);

export async function action(args: ActionFunctionArgs) {
  const entered = await enterPayee(args);
  const { id, locale, coop } = entered;
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack({ ...given.answer, act: given.answer.values?.act } as ActAnswer);
  const { act } = given.value;
  const { payee } = entered;
  const outcome = await orPropose(entered, () => run(entered, given.value), {
    coopId: payee.coopId,
    terms: (amount) => termsOf(given.value, payee.memberId ?? "", amount),
  });
  if (!outcome.ok) {
    const values = Object.fromEntries(
      Object.entries(given.value).map(([name, each]) => [name, String(each)]),
    );
    if ("amount" in given.value) values.amount = (given.value.amount / 100).toFixed(2);
    return sendBack({ ...outcome.answer, values, act } as ActAnswer, 409);
  }
  return redirect(
    pathTo("officePayee", locale, { id }, { coop: coop.slug, fait: act, n: outcome.value ?? null }),
    303,
  );
}

/** What is kept of an act that takes a second person; `amount`: what the verb found it to be. */
function termsOf(asked: z.output<typeof form>, memberId: string, amount: number): ActTerms {
  if (asked.act === "outside") {
    const { paidOn, reference } = asked;
    return { kind: "outside_payment", memberId, amount, paidOn, reference };
  }
  return asked.act === "writeOff"
    ? { kind: "write_off", memberId, amount, reason: asked.reason }
    : { kind: "hand_over", memberId, amount };
}

/** Each verb finds the member through the person once more. Returns what the answer says of it. */
async function run(
  { db, house, viewer, payee }: Pick<Door, "db" | "house"> & Awaited<ReturnType<typeof enterPayee>>,
  asked: z.output<typeof form>,
): Promise<string | undefined> {
  const { destination, coopId } = payee;
  if (asked.act === "clear") {
    const cleared = await clearHold(db, house, { destination, personId: viewer.id, words: asked.words });
    return `${cleared.adopted}.${cleared.anew}`;
  }
  if (asked.act === "retry") {
    await retryPayee(db, house, { destination, personId: viewer.id });
    return undefined;
  }
  if (asked.act === "notice") {
    await recordNotice(db, house, { destination, personId: viewer.id, on: asked.on, words: asked.how });
    return undefined;
  }
  // The others are for members alone.
  if (payee.memberId === null) throw missing();
  const mine = { memberId: payee.memberId, by: viewer.id };
  if (asked.act === "share") await shareAccount(db, house, { memberId: payee.memberId, personId: viewer.id });
  else if (asked.act === "outside") await recordOutsidePayment(db, house, { ...mine, ...asked });
  else if (asked.act === "writeOff") await writeOff(db, house, { ...mine, coopId, reason: asked.reason });
  else if (asked.act === "unclaimed") await handOverUnclaimed(db, house, mine);
  else if (asked.act === "remit") {
    const { authority, remittedOn: paidOn, remittance: reference } = asked;
    await remitUnclaimed(db, house, { ...mine, authority, paidOn, reference });
  } else if (asked.act === "remitBack") {
    const { remittanceId, backReason: reason } = asked;
    await takeBackRemittance(db, house, { ...mine, remittanceId, reason });
  } else await reclaim(db, house, mine);
  return undefined;
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  { title: `${data?.payee.name ?? ""} · ${officeWords(localeOf(location.pathname)).title}` },
];

export default function Payee() {
  const { coop, coops, payee, choices, transfers, acts, entries, account, today, done, figures } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as ActAnswer | undefined;
  const locale = useLocale();
  const words = payeeWords(locale).office;
  const accountPath = (named: string) =>
    `${officePath("officeBooks", locale, coop, { compte: named })}#entries`;
  const said = doneWords(locale, done, figures);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      {said && !answer && (
        <p className="notice good" role="status">
          {said}
        </p>
      )}
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officePayees", locale, coop)}>{words.back}</Link>
        </p>
        <div className="row">
          <h1>{payee.name}</h1>
          <span className={`tag ${accountMood[payee.account]}`}>{words.states[payee.account]}</span>
        </div>
      </header>
      <Standing payee={payee} locale={locale} />
      {hasChoices(choices) && (
        <section className="stack" aria-labelledby="act-title">
          <h2 id="act-title">{words.todo}</h2>
          <ActForms choices={choices} answer={answer} locale={locale} today={today} />
        </section>
      )}
      <section className="stack" aria-labelledby="transfers-title">
        <h2 id="transfers-title">{words.transfers}</h2>
        <Transfers transfers={transfers} locale={locale} slug={coop.slug} />
      </section>
      <section className="stack" aria-labelledby="entries-title">
        <h2 id="entries-title">{words.entries}</h2>
        {entries.length === 0 ? (
          <p className="soft">{words.noEntries}</p>
        ) : (
          <>
            <EntryList entries={entries} locale={locale} accountPath={accountPath} />
            <p>
              <Link to={accountPath(account)}>{words.allEntries}</Link>
            </p>
          </>
        )}
      </section>
      <section className="stack" aria-labelledby="acts-title">
        <h2 id="acts-title">{words.acts}</h2>
        <Acts acts={acts} locale={locale} />
      </section>
    </div>
  );
}

function doneWords(locale: Locale, done: string | null, figures: string | null): string | null {
  const words = payeeWords(locale).office;
  if (done === "clear") {
    const [adopted = 0, anew = 0] = (figures ?? "").split(".").map(Number);
    return words.clear.done(adopted || 0, anew || 0);
  }
  const simple = [
    "retry",
    "share",
    "notice",
    "outside",
    "writeOff",
    "unclaimed",
    "reclaim",
    "remit",
    "remitBack",
  ] as const;
  const act = simple.find((each) => each === done);
  return act ? words[act].done : null;
}

function Standing({
  payee,
  locale,
}: {
  payee: ReturnType<typeof useLoaderData<typeof loader>>["payee"];
  locale: Locale;
}) {
  const words = payeeWords(locale).office;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const asked = askedBy(locale, payee.account === "active" ? null : payee.requirements);
  const country = payee.country && new Intl.DisplayNames(locale, { type: "region" }).of(payee.country);
  const facts: [string, string | null][] = [
    [words.facts.balance, payee.owed < 0 ? `${words.owes} ${cash(-payee.owed)}` : cash(payee.owed)],
    [words.facts.onItsWay, payee.onItsWay > 0 ? cash(payee.onItsWay) : null],
    [words.facts.held, cash(payee.held)],
    [words.facts.sent, cash(payee.sent)],
    [words.facts.threshold, payee.threshold > 0 ? cash(payee.threshold) : null],
    [words.facts.email, payee.email],
    [words.facts.country, country ?? null],
    [payee.isShared ? words.facts.shared : words.facts.account, payee.stripeAccount],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="breakable">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {payee.heldBecause && (
        <p className={`notice ${payee.heldBecause === "needs_a_person" ? "bad" : "warn"}`}>
          {words.why(words.held[payee.heldBecause])}
          {payee.heldSince && <>, {words.since(date(locale, payee.heldSince))}</>}.
          {asked.length > 0 && (
            <>
              {" "}
              {words.asks} {asked.join(", ")}
              {payee.dueAt && <>, {words.due(date(locale, payee.dueAt))}</>}.
            </>
          )}
        </p>
      )}
      {payee.bankTrouble && (
        <p className="notice warn">
          {words.bankTrouble(cash(payee.bankTrouble.amount), date(locale, payee.bankTrouble.at))}
        </p>
      )}
    </>
  );
}
