import "#app/styles/studio.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { feeBorneBy } from "#domain/governance/rule-sentences.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { findSaleForMember } from "#domain/sales/earnings-queries.server.ts";
import { date, dateTime, money, number } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioMoneyWords } from "#i18n/studio.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer } = await enterStudio(args);
  const id = z.uuid().safeParse(args.params.id);
  const sale = id.success ? await findSaleForMember(db, viewer.id, id.data) : null;
  if (!sale) throw missing();
  return { ...sale, myMembers: viewer.members.map((member) => member.id) };
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const words = studioMoneyWords(localeOf(location.pathname)).sale;
  return [{ title: `${words.title(String(data?.receipt.number ?? ""))} · ventes.coop` }];
};

type Data = ReturnType<typeof useLoaderData<typeof loader>>;
type Line = Data["receipt"]["lines"][number];

export default function StudioSale() {
  const { receipt, disputed } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).sale;
  const paidAt = receipt.paidAt ? date(locale, receipt.paidAt) : "";
  return (
    <div className="page studio stack">
      <p className="small">
        <Link to={pathTo("studioEarnings", locale)}>{words.back}</Link>
      </p>
      <h1>{words.title(number(locale, receipt.number))}</h1>
      <StudioNav locale={locale} />
      <p className="lead">
        {receipt.state === "claimed" ? words.claimedOn(paidAt) : words.paidOn(paidAt)}. {words.lead}
      </p>
      {disputed && <p className="notice warn">{words.disputed}</p>}
      {receipt.lines.map((line) => (
        <Waterfall key={line.id} line={line} />
      ))}
      {receipt.taxes.length > 0 && <p className="soft small">{words.taxes}</p>}
      <Entries />
    </div>
  );
}

/** From the price down to what is left for me, each step with what it takes. */
function Waterfall({ line }: { line: Line }) {
  const { myMembers, receipt } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).sale;
  const say = (amount: number) => money(locale, amount, settlementCurrency);
  if (line.parts.length === 0) {
    return (
      <section className="stack stack-tight">
        <h2>{words.lineOf(line.title)}</h2>
        <p>
          {words.price}, <strong>{money(locale, line.amount, receipt.currency)}</strong>
        </p>
        {receipt.state === "paid" && line.amount > 0 && <p className="notice">{words.none}</p>}
      </section>
    );
  }
  const byCoop = line.ruleSteps ? feeBorneBy(line.ruleSteps) === "coop" : false;
  const isMine = (part: Line["parts"][number]) => part.memberId !== null && myMembers.includes(part.memberId);
  const nameOf = (part: Line["parts"][number]) => {
    if (part.stage === "pool") return words.pool;
    if (part.fund) return words.funds[part.fund](line.coopName);
    return isMine(part) ? words.you : (part.memberName ?? "");
  };
  const given = line.parts.filter(({ stage, amount }) => stage !== "fee" && amount !== 0);
  // What is left for the reader comes last, whatever their place in the list.
  const parts = [...given.filter((part) => !isMine(part)), ...given.filter(isMine)];
  return (
    <section className="stack stack-tight">
      <h2>{words.lineOf(line.title)}</h2>
      <table className="waterfall">
        <tbody>
          <tr className="whole">
            <th scope="row">{words.price}</th>
            <td className="amount">{money(locale, line.amount, receipt.currency)}</td>
          </tr>
          <tr>
            <th scope="row">{byCoop ? words.feeByCoop : words.fee}</th>
            <td className="amount">{byCoop ? say(0) : `−\u00a0${say(line.feePart ?? 0)}`}</td>
          </tr>
          {parts.map((part) => {
            const mine = isMine(part);
            return (
              <tr key={`${part.stage} ${part.fund ?? part.memberId}`} className={mine ? "mine" : undefined}>
                <th scope="row">{nameOf(part)}</th>
                <td className="amount">{mine ? say(part.amount) : `−\u00a0${say(part.amount)}`}</td>
              </tr>
            );
          })}
          <Taken line={line} mine={given.filter(isMine).reduce((sum, { amount }) => sum + amount, 0)} />
        </tbody>
      </table>
      {line.ruleCode && <p className="small soft">{words.rule(line.ruleCode)}</p>}
    </section>
  );
}

/** What went back of the reader's part, each time with its day, and what stays of it. */
function Taken({ line, mine }: { line: Line; mine: number }) {
  const { takings } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).sale;
  const say = (amount: number) => money(locale, amount, settlementCurrency);
  const here = takings.filter(({ saleLineId }) => saleLineId === line.id);
  if (here.length === 0) return null;
  const taken = here.filter(({ givenBack }) => !givenBack).reduce((sum, { amount }) => sum + amount, 0);
  return (
    <>
      {here.map(({ at, cause, amount, givenBack }) => (
        <tr key={`${at.toISOString()} ${amount}`}>
          <th scope="row">{words.taken[givenBack ? "givenBack" : cause](date(locale, at))}</th>
          <td className="amount">{givenBack ? say(0) : `−\u00a0${say(amount)}`}</td>
        </tr>
      ))}
      <tr className="mine">
        <th scope="row">{words.net}</th>
        <td className="amount">{say(mine - taken)}</td>
      </tr>
    </>
  );
}

function Entries() {
  const { entries, accounts } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).sale;
  if (entries.length === 0) return null;
  return (
    <section className="stack">
      <h2>{words.postings}</h2>
      <p className="soft">{words.postingsLead}</p>
      {entries.map((entry) => (
        <div className="scroll-x" key={entry.id}>
          <table className="tight entry">
            <caption>
              {words.kinds[entry.kind] ?? entry.kind}, {dateTime(locale, entry.postedAt)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{words.account}</th>
                <th scope="col" className="amount">
                  {words.debit}
                </th>
                <th scope="col" className="amount">
                  {words.credit}
                </th>
              </tr>
            </thead>
            <tbody>
              {gathered(entry.postings, (account) => accountName(account, accounts, locale)).map(
                ([name, amount]) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td className="amount">{amount > 0 ? money(locale, amount, settlementCurrency) : ""}</td>
                    <td className="amount">{amount < 0 ? money(locale, -amount, settlementCurrency) : ""}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  );
}

/** Postings under the names shown; those that bear the same one (the rest of the order) are one row. */
function gathered(
  postings: readonly { account: string; amount: number }[],
  name: (account: string) => string,
): [string, number][] {
  const rows = new Map<string, number>();
  for (const { account, amount } of postings)
    rows.set(name(account), (rows.get(name(account)) ?? 0) + amount);
  return [...rows].filter(([, amount]) => amount !== 0);
}

function accountName(account: string, known: Data["accounts"], locale: "fr" | "en"): string {
  const words = studioMoneyWords(locale).sale;
  const whose = known[account];
  if (whose?.kind === "mine") return words.you;
  if (whose?.kind === "member") return whose.name;
  if (whose?.fund) return words.funds[whose.fund as keyof typeof words.funds](whose.name);
  if (account === "stripe" || account === "bank") return words.accounts[account];
  if (account.startsWith("clearing/")) return words.accounts.clearing;
  if (account.startsWith("tax:")) return words.accounts.tax(account.slice(4).toUpperCase());
  if (account.startsWith("pool:") && whose) return words.pool;
  return words.accounts.rest;
}
