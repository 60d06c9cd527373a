import { Link } from "@remix-run/react";
import type { BankPayout, Movement } from "#domain/reconciliation/queries.server.ts";
import { date, dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { reconciliationWords } from "#i18n/reconciliation.ts";
import { type KeptCoop, officePath } from "./kept-coop.ts";
import { EntryLink } from "./reconciliation-differences.tsx";

type Place = { coop: KeptCoop; locale: Locale };

const mood: Record<BankPayout["state"], string> = {
  pending: "",
  in_transit: "",
  paid: "good",
  failed: "bad",
  canceled: "warn",
};

/** Whether what Stripe says that a payout brought comes to its amount. */
function Agreement({ payout, locale }: { payout: BankPayout; locale: Locale }) {
  const { payouts: words } = reconciliationWords(locale);
  if (!payout.automatic) return <span className="tag">{words.byHand}</span>;
  if (payout.listedNet === null) return <span className="tag">{words.notYet}</span>;
  const off = payout.listedNet - payout.amount;
  return off === 0 ? (
    <span className="tag good">{words.addsUp}</span>
  ) : (
    <span className="tag bad">{words.differs(money(locale, off, payout.currency))}</span>
  );
}

/** The payouts to the bank, the latest first, each leading to what it is made of. */
export function Payouts({
  payouts,
  coop,
  locale,
  opened,
}: Place & { payouts: BankPayout[]; opened: string | null }) {
  const { payouts: words } = reconciliationWords(locale);
  const { columns } = words;
  return (
    <section className="stack" aria-labelledby="payouts">
      <h2 id="payouts">{words.title}</h2>
      {payouts.length === 0 ? (
        <div className="empty">
          <h3>{words.emptyTitle}</h3>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{columns.day}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col" className="amount">
                {columns.amount}
              </th>
              <th scope="col" className="amount">
                {columns.listed}
              </th>
              <th scope="col">{columns.agrees}</th>
            </tr>
          </thead>
          <tbody>
            {payouts.map((payout) => (
              <tr key={payout.id} aria-current={payout.id === opened ? "true" : undefined}>
                <th scope="row">
                  <Link
                    to={`${officePath("officeReconciliation", locale, coop, { depot: payout.id })}#payout`}
                  >
                    {date(locale, payout.createdAt)}
                  </Link>
                </th>
                <td data-label={columns.state}>
                  <span className={`tag ${mood[payout.state]}`}>{words.states[payout.state]}</span>
                </td>
                <td data-label={columns.amount} className="amount">
                  {money(locale, payout.amount, payout.currency)}
                </td>
                <td data-label={columns.listed} className="amount">
                  {payout.listedNet === null || !payout.automatic ? (
                    <span className="soft">—</span>
                  ) : (
                    <>
                      {money(locale, payout.listedNet, payout.currency)}
                      <span className="soft small">{words.movements(payout.listed ?? 0)}</span>
                    </>
                  )}
                </td>
                <td data-label={columns.agrees}>
                  <Agreement payout={payout} locale={locale} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** One payout, down to the movements that it brought, each to its entry in the books. */
export function PayoutOpened({
  opened: { payout, movements },
  coop,
  locale,
  page,
  older,
}: Place & { opened: { payout: BankPayout; movements: Movement[] }; page: number; older: boolean }) {
  const { payouts: words, differences } = reconciliationWords(locale);
  const { movementColumns: columns } = words;
  const at = (n: number) =>
    `${officePath("officeReconciliation", locale, coop, { depot: payout.id, page: n })}#payout`;
  return (
    <section className="stack" aria-labelledby="payout">
      <h2 id="payout">
        {words.movementsTitle(money(locale, payout.amount, payout.currency), date(locale, payout.createdAt))}
      </h2>
      <p className="soft small breakable">
        {payout.id}
        {payout.failure && `, ${payout.failure}`}
      </p>
      {!payout.automatic && <p className="notice">{words.notListed}</p>}
      {movements.length > 0 && (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{columns.what}</th>
              <th scope="col">{columns.day}</th>
              <th scope="col" className="amount">
                {columns.gross}
              </th>
              <th scope="col" className="amount">
                {columns.fee}
              </th>
              <th scope="col" className="amount">
                {columns.net}
              </th>
              <th scope="col">{columns.entry}</th>
            </tr>
          </thead>
          <tbody>
            {movements.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  {differences.types[each.type] ?? each.type}
                  <span className="soft small breakable">{each.description ?? each.id}</span>
                </th>
                <td data-label={columns.day}>{dateTime(locale, each.at)}</td>
                <td data-label={columns.gross} className="amount">
                  {money(locale, each.amount, each.currency)}
                </td>
                <td data-label={columns.fee} className="amount">
                  {money(locale, each.fee, each.currency)}
                </td>
                <td data-label={columns.net} className="amount">
                  {money(locale, each.net, each.currency)}
                </td>
                <td data-label={columns.entry}>
                  {each.entry ? (
                    <EntryLink entry={each.entry} coop={coop} locale={locale} />
                  ) : (
                    <span className="soft">{each.beforeBooks ? words.beforeBooks : words.none}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <nav className="row between" aria-label={words.title}>
        {page > 0 ? <Link to={at(page - 1)}>{words.later}</Link> : <span />}
        <Link to={`${officePath("officeReconciliation", locale, coop)}#payouts`}>{words.all}</Link>
        {older && <Link to={at(page + 1)}>{words.older}</Link>}
      </nav>
    </section>
  );
}
