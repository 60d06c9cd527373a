import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { v7 } from "uuid";
import { z } from "zod";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { readAmount } from "#app/http/amount.ts";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { useLookAgain } from "#app/http/look-again.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { effectOfRefund } from "#domain/sales/effect-of-refund.server.ts";
import { findRefundableFor } from "#domain/sales/refund-queries.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { moneyBackOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";
import { pathTo } from "#i18n/paths.ts";
import { orPropose } from "./for-two.server.ts";
import { keptCoop } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { RefundChoice } from "./refund-choice.tsx";
import { Effect } from "./refund-effect.tsx";
import { RefundList } from "./refund-list.tsx";
import "#app/styles/office.css";
import "#app/styles/money-back.css";

/** Which lines and how much the address asks about: `?ligne=1&ligne=2&montant=5,00`; without any, all that is left. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "refund");
  const { params } = args;
  const id = z.uuid().safeParse(params.id);
  const sale = id.success ? await findRefundableFor(db, viewer.id, id.data) : null;
  if (!sale) throw missing();
  const named = url.searchParams.getAll("ligne").map(Number);
  const asked = named.length > 0 || url.searchParams.has("montant");
  const lines = sale.lines.filter(({ position, left }) => left > 0 && (!asked || named.includes(position)));
  const left = lines.reduce((sum, line) => sum + line.left, 0);
  const typed = (url.searchParams.get("montant") ?? "").trim();
  const amount = typed === "" ? left : readAmount(typed);
  const fits = amount !== null && amount > 0 && amount <= left;
  const open = !sale.disputed && !sale.underWay;
  const [effect, { refunds, disputes }] = await Promise.all([
    fits && open
      ? effectOfRefund(db, sale, { lineIds: lines.map((line) => line.id), amount })
      : Promise.resolve(null),
    moneyBackOfSale(db, viewer.id, sale.id),
  ]);
  return {
    sale,
    positions: lines.map(({ position }) => position),
    left,
    typed,
    amount,
    fits,
    effect,
    refunds,
    disputeId: disputes.find(({ state }) => state === "open")?.id ?? null,
    // A new one at each look: the same form sent twice is one refund.
    refundId: v7(),
    done: url.searchParams.get("fait"),
    ...keptCoop(
      viewer,
      url,
      sale.lines.map(({ coopId }) => coopId),
    ),
  };
}

const form = z.object({
  refundId: z.uuid(),
  lines: z.string().regex(/^\d+(,\d+)*$/),
  amount: z.coerce.number().int().positive(),
  seen: z.coerce.number().int().positive(),
  reason: z.string().trim().min(1, "required").max(1000, "tooLong"),
});

export async function action(args: ActionFunctionArgs) {
  const door = await enterStaff(args, "refund");
  const { db, house, viewer, locale } = door;
  const id = z.uuid().safeParse(args.params.id);
  const sale = id.success ? await findRefundableFor(db, viewer.id, id.data) : null;
  if (!sale) throw missing();
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { refundId, amount, seen, reason } = given.value;
  const lines = given.value.lines.split(",").map(Number);
  const saleId = sale.id;
  const coopId = sale.lines.find(({ position }) => lines.includes(position))?.coopId ?? "";
  const outcome = await orPropose(
    door,
    () => refundSale(db, house, { saleId, lines, amount, seen, reason, refundId, askedBy: viewer.id }),
    { coopId, terms: () => ({ kind: "refund", saleId, lines, amount, reason, refundId }) },
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack({ ...outcome.answer, values: { reason } }, 409);
  }
  return redirect(pathTo("officeRefund", locale, { id: sale.id }, { fait: outcome.value.refundId }), 303);
}

/** Refused because somebody was faster, the page shows where the sale stands now. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const title = moneyBackWords(locale).refund.title(String(data?.sale.number ?? ""));
  return [{ title: `${title} · ${officeWords(locale).title}` }];
};

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Refund() {
  const { sale, refunds, coop, coops, done } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = moneyBackWords(locale);
  const made = refunds.find(({ id }) => id === done);
  useLookAgain(made?.state === "asked" && sale.split);
  const nothing = sale.lines.every(({ left }) => left === 0);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <p className="small">
          <Link to={pathTo("officeSale", locale, { id: sale.id })}>
            {words.refund.back(String(sale.number))}
          </Link>
        </p>
        <h1>{words.refund.title(String(sale.number))}</h1>
        <p className="lead breakable">{words.refund.lead(sale.email, date(locale, sale.paidAt))}</p>
      </header>
      {refunds.length > 0 && <RefundList refunds={refunds} split={sale.split} done={done} locale={locale} />}
      <Ask nothing={nothing} />
    </div>
  );
}

/** Why nothing can be asked for now; or what to refund, its effect, and the button. */
function Ask({ nothing }: { nothing: boolean }) {
  const data = useLoaderData<typeof loader>();
  const { sale, left, typed, positions, fits, amount, disputeId } = data;
  const locale = useLocale();
  const { refund: words } = moneyBackWords(locale);
  const cash = (cents: number) => money(locale, cents, settlementCurrency);
  if (sale.disputed) {
    return (
      <p className="notice warn">
        {words.disputed}{" "}
        {disputeId && (
          <Link to={pathTo("officeDispute", locale, { id: disputeId })}>{words.disputedLink}</Link>
        )}
      </p>
    );
  }
  if (sale.underWay) return <p className="notice">{words.underWay}</p>;
  if (nothing) return <p className="notice">{words.nothing}</p>;
  return (
    <div className="refund-ask">
      <RefundChoice sale={sale} positions={positions} typed={typed} left={left} locale={locale} />
      {fits && amount !== null ? (
        <Confirm data={data} amount={amount} />
      ) : (
        <p className="notice bad" role="alert">
          {positions.length === 0 ? words.nothingOfLines : words.tooMuch(cash(left))}
        </p>
      )}
    </div>
  );
}

function Confirm({ data, amount }: { data: Data; amount: number }) {
  const { effect, positions, left, refundId } = data;
  const answer = useActionData<typeof action>();
  const sending = useNavigation().formMethod === "POST";
  const locale = useLocale();
  const { refund: words } = moneyBackWords(locale);
  const said = money(locale, amount, settlementCurrency);
  return (
    <section className="card stack" aria-labelledby="effect-title">
      <h2 id="effect-title">{words.effect(said)}</h2>
      {effect ? (
        <Effect effect={effect} locale={locale} />
      ) : (
        <p className="notice warn">{words.beforeSplit}</p>
      )}
      <Form method="post" className="stack" key={refundId}>
        <FormNotice locale={locale} answer={answer} />
        <input type="hidden" name="refundId" value={refundId} />
        <input type="hidden" name="lines" value={positions.join(",")} />
        <input type="hidden" name="amount" value={amount} />
        <input type="hidden" name="seen" value={left} />
        <TextArea
          locale={locale}
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          answer={answer}
          required
          maxLength={1000}
          rows={3}
        />
        <div className="row">
          <button type="submit" className="button" aria-disabled={sending} disabled={sending}>
            {words.confirm(said)}
          </button>
          <span className="small soft">{words.final}</span>
        </div>
      </Form>
    </section>
  );
}
