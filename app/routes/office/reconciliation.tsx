import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation, useRevalidator } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { z } from "zod";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import { askReconciliation } from "#domain/reconciliation/ask-reconciliation.server.ts";
import type { Comparison } from "#domain/reconciliation/compare-balances.server.ts";
import { explainDifference } from "#domain/reconciliation/explain-difference.server.ts";
import { explanations } from "#domain/reconciliation/explanation.ts";
import {
  findBankPayout,
  type ReconciliationShown,
  reconciliationFor,
} from "#domain/reconciliation/queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { reconciliationWords } from "#i18n/reconciliation.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { Differences } from "./reconciliation-differences.tsx";
import { PayoutOpened, Payouts } from "./reconciliation-payouts.tsx";
import "#app/styles/office.css";
import "#app/styles/reconciliation.css";

const perPage = 100;
const search = z.object({
  depot: z.string().max(100).nullable().catch(null),
  page: z.coerce.number().int().min(0).max(100_000).catch(0),
  ecart: z.uuid().nullable().catch(null),
});

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "reconcile");
  const { coop, coops } = platformOf(viewer, url);
  const asked = search.parse(Object.fromEntries(url.searchParams));
  const [shown, opened] = await Promise.all([
    reconciliationFor(db, house, viewer.id),
    asked.depot === null
      ? null
      : findBankPayout(db, viewer.id, asked.depot, { limit: perPage + 1, offset: asked.page * perPage }),
  ]);
  if (!shown || (asked.depot !== null && !opened)) throw missing();
  return {
    coop,
    coops,
    ...shown,
    opened: opened && { ...opened, movements: opened.movements.slice(0, perPage) },
    page: asked.page,
    older: (opened?.movements.length ?? 0) > perPage,
    explaining: asked.ecart,
    done: url.searchParams.get("fait"),
  };
}

/** The co-op that owns the Stripe account, where the viewer keeps its books; for anybody else this page does not exist. */
function platformOf(viewer: Viewer, url: URL) {
  const { coop, coops } = keptCoop(viewer, url);
  const platform = url.searchParams.has("coop") ? coop : coops.find((each) => each.ownsPlatform);
  if (!platform?.ownsPlatform) throw missing();
  return { coop: platform, coops };
}

const form = z.discriminatedUnion("what", [
  z.object({ what: z.literal("run") }),
  z.object({
    what: z.literal("explain"),
    difference: z.uuid(),
    to: z.enum(explanations),
    reason: z.string().trim().min(3, "required").max(2_000, "tooLong"),
  }),
]);

/** Asks for a run now, or says what a difference was. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale, url } = await enterStaff(args, "reconcile");
  const { coop } = platformOf(viewer, url);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const asked = given.value;
  const outcome = await orRefuse(locale, () =>
    asked.what === "run"
      ? askReconciliation(db, house, { personId: viewer.id })
      : explainDifference(db, house, {
          personId: viewer.id,
          differenceId: asked.difference,
          to: asked.to,
          reason: asked.reason,
        }),
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack(outcome.answer);
  }
  const fait = asked.what === "run" ? "demande" : "explique";
  return redirect(officePath("officeReconciliation", locale, coop, { fait }), 303);
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${reconciliationWords(locale).title} · ${officeWords(locale).title}` }];
};

export default function Reconciliation() {
  const shown = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = reconciliationWords(locale);
  const { coop, opened } = shown;
  useFollowing(shown.underWay !== null);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={shown.coops} />
      {shown.done === "explique" && (
        <p className="notice good" role="status">
          {words.differences.explained}
        </p>
      )}
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <div className="reconciled">
        <Balance
          comparison={shown.comparison}
          locale={locale}
          booksPath={officePath("officeBooks", locale, coop, { compte: "stripe" })}
        />
        <LastRun shown={shown} locale={locale} asked={shown.done === "demande"} />
      </div>
      <Differences shown={shown} coop={coop} locale={locale} explaining={shown.explaining} answer={answer} />
      <Payouts payouts={shown.payouts} coop={coop} locale={locale} opened={opened?.payout.id ?? null} />
      {opened && (
        <PayoutOpened opened={opened} coop={coop} locale={locale} page={shown.page} older={shown.older} />
      )}
    </div>
  );
}

/** While a run is under way the page asks how it goes; without scripts, a link does. */
function useFollowing(underWay: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => revalidate(), 3_000);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
}

/** Stripe's balance and what it should be by the books, line under line as one would reckon it. */
function Balance({
  comparison,
  locale,
  booksPath,
}: {
  comparison: Comparison | null;
  locale: Locale;
  booksPath: string;
}) {
  const words = reconciliationWords(locale);
  const { figures } = words;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  if (!comparison) return <p className="notice warn">{words.silent}</p>;
  const { available, pending, opening, inBooks, sales, refunds, toCome, difference } = comparison;
  const atStripe = available + pending;
  const onItsWay = [
    [figures.sales, -sales],
    [figures.refunds, -refunds],
    [figures.toCome, toCome],
  ] as const;
  return (
    <section className="stack" aria-labelledby="now-title">
      <h2 id="now-title">{words.now}</h2>
      {difference === null ? (
        <p className="notice">{words.unknown}</p>
      ) : difference === 0 ? (
        <p className="notice good">{words.agree}</p>
      ) : (
        <p className="notice bad">{words.differ(cash(difference))}</p>
      )}
      <table className="reckoning">
        <tbody>
          <Line name={figures.available} amount={cash(available)} />
          <Line name={figures.pending} amount={cash(pending)} />
          <Line name={figures.atStripe} amount={cash(atStripe)} total />
          {opening !== null && opening !== 0 && <Line name={figures.opening} amount={cash(opening)} />}
          <Line name={<Link to={`${booksPath}#entries`}>{figures.inBooks}</Link>} amount={cash(inBooks)} />
          {onItsWay.map(([name, amount]) =>
            amount === 0 ? null : <Line key={name} name={name} amount={cash(amount)} />,
          )}
          {difference !== null && (
            <>
              <Line name={figures.expected} amount={cash(atStripe - difference)} total />
              <Line name={figures.difference} amount={cash(difference)} total />
            </>
          )}
        </tbody>
      </table>
    </section>
  );
}

function Line({ name, amount, total = false }: { name: ReactNode; amount: string; total?: boolean }) {
  return (
    <tr className={total ? "sum" : undefined}>
      <th scope="row">{name}</th>
      <td className="amount">{amount}</td>
    </tr>
  );
}

function LastRun({ shown, locale, asked }: { shown: ReconciliationShown; locale: Locale; asked: boolean }) {
  const { run: words } = reconciliationWords(locale);
  const { state, formData } = useNavigation();
  const { last, underWay, waiting } = shown;
  const said = last?.endedAt
    ? [
        words.ended(dateTime(locale, last.endedAt)),
        ...(last.askedBy ? [words.by(last.askedBy)] : []),
        words.seen(last.seen ?? 0),
        words.explained(last.explained ?? 0),
      ].join(", ")
    : words.never;
  return (
    <section className="stack stack-tight" aria-labelledby="run-title">
      <h2 id="run-title">{words.title}</h2>
      <p>{said}</p>
      {waiting > 0 && <p className="notice">{words.waiting(waiting)}</p>}
      <p className="soft small">{words.every}</p>
      {underWay ? (
        <p className="notice" role="status">
          {asked && underWay.startedAt === null
            ? words.asked
            : words.underWay(dateTime(locale, underWay.askedAt))}{" "}
          <Link to=".">{words.reload}</Link>
        </p>
      ) : (
        <Form method="post">
          <button
            type="submit"
            name="what"
            value="run"
            className="button"
            disabled={state !== "idle" && formData?.get("what") === "run"}
          >
            {words.ask}
          </button>
        </Form>
      )}
    </section>
  );
}
