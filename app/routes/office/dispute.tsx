import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { useLookAgain } from "#app/http/look-again.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { answerDispute } from "#domain/sales/answer-dispute.server.ts";
import { findDisputeFor } from "#domain/sales/dispute-queries.server.ts";
import { mostCharacters } from "#domain/sales/keep-evidence.server.ts";
import { namedEntriesOfSale } from "#domain/transparency/books-queries.server.ts";
import { frozenOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";
import { pathTo } from "#i18n/paths.ts";
import { Answer } from "./dispute-answer.tsx";
import { DisputeTag, isLate, plainState, reasonOf, Timeline } from "./dispute-parts.tsx";
import { EntryList } from "./entry-list.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";
import "#app/styles/money-back.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const id = z.uuid().safeParse(args.params.id);
  const dispute = id.success ? await findDisputeFor(db, viewer.id, id.data) : null;
  if (!dispute) throw missing();
  const [frozen, entries] = await Promise.all([
    dispute.state === "open" ? frozenOfSale(db, viewer.id, dispute.saleId) : Promise.resolve([]),
    namedEntriesOfSale(db, viewer.id, dispute.saleId),
  ]);
  return {
    dispute,
    frozen,
    entries: entries.filter(({ kind }) => kind.startsWith("dispute_")),
    now: house.clock.now(),
    done: url.searchParams.has("fait"),
    most: mostCharacters,
    ...keptCoop(viewer, url, dispute.soldBy),
  };
}

const text = z
  .string()
  .trim()
  .max(mostCharacters, "tooLong")
  .transform((words) => words.replaceAll("\r\n", "\n"));
const form = z.object({
  statement: text,
  product: text,
  receipt: text,
  accessLog: text,
  terms: text,
  act: z.enum(["save", "send"]),
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enterStaff(args, "answerDisputes");
  const id = z.uuid().safeParse(args.params.id);
  const dispute = id.success ? await findDisputeFor(db, viewer.id, id.data) : null;
  if (!dispute?.answers) throw missing();
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { act, ...texts } = given.value;
  const outcome = await orRefuse(locale, () =>
    answerDispute(db, house, { personId: viewer.id, disputeId: dispute.id, texts, send: act === "send" }),
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack({ ...outcome.answer, values: texts }, 409);
  }
  return redirect(`${pathTo("officeDispute", locale, { id: dispute.id }, { fait: "1" })}#answer-title`, 303);
}

/** Refused because somebody sent it first, the page shows what was sent. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const title = moneyBackWords(locale).dispute.title(String(data?.dispute.saleNumber ?? ""));
  return [{ title: `${title} · ${officeWords(locale).title}` }];
};

export default function Dispute() {
  const { dispute, frozen, entries, now, done, most, coop, coops } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { dispute: words, disputes } = moneyBackWords(locale);
  const cash = (cents: number) => money(locale, cents, settlementCurrency);
  useLookAgain(dispute.evidence?.state === "asked");
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeDisputes", locale, coop)}>{disputes.title}</Link>
        </p>
        <h1>{words.title(String(dispute.saleNumber))}</h1>
        <p className="lead">{reasonOf(locale, dispute.reason)}</p>
      </header>
      <dl className="facts">
        <div>
          <dt>{words.facts.amount}</dt>
          <dd>{money(locale, dispute.amount, dispute.currency)}</dd>
        </div>
        <div>
          <dt>{words.facts.state}</dt>
          <dd>
            <DisputeTag dispute={dispute} locale={locale} />
          </dd>
        </div>
        {dispute.dueAt && dispute.answeredAt === null && (
          <div>
            <dt>{words.facts.due}</dt>
            <dd>
              {dateTime(locale, dispute.dueAt)}{" "}
              {isLate(dispute, now) && <span className="tag bad">{words.overdue}</span>}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.facts.sale}</dt>
          <dd>
            {dispute.soldBy.length > 0 ? (
              <Link to={pathTo("officeSale", locale, { id: dispute.saleId })}>{dispute.saleNumber}</Link>
            ) : (
              dispute.saleNumber
            )}
          </dd>
        </div>
        <div>
          <dt>{words.facts.buyer}</dt>
          <dd className="breakable">{dispute.email}</dd>
        </div>
        {dispute.fee > 0 && (
          <div>
            <dt>{words.facts.fee}</dt>
            <dd>
              {cash(dispute.fee)} <span className="soft small">{words.feeKept}</span>
            </dd>
          </div>
        )}
      </dl>
      <p className={`notice ${dispute.state === "won" ? "good" : dispute.state === "lost" ? "bad" : "warn"}`}>
        {plainState(locale, dispute)}
      </p>
      <div className="office-two">
        <Timeline dispute={dispute} locale={locale} />
        {dispute.state === "open" && (
          <section className="stack stack-tight" aria-labelledby="frozen-title">
            <h2 id="frozen-title">{words.frozen}</h2>
            {frozen.length === 0 ? (
              <p className="soft">{words.notFrozen}</p>
            ) : (
              <>
                <p className="soft">{words.frozenLead}</p>
                <table>
                  <tbody>
                    {frozen.map(({ name, amount }) => (
                      <tr key={name}>
                        <th scope="row">{name}</th>
                        <td className="amount">{cash(amount)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </>
            )}
          </section>
        )}
      </div>
      <Answer dispute={dispute} answer={answer} done={done} most={most} locale={locale} />
      {entries.length > 0 && (
        <section className="stack" aria-labelledby="entries-title">
          <h2 id="entries-title">{words.entries}</h2>
          <EntryList
            entries={entries}
            locale={locale}
            accountPath={(account) =>
              `${officePath("officeBooks", locale, coop, { compte: account })}#entries`
            }
          />
        </section>
      )}
    </div>
  );
}
