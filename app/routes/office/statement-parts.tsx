import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { groupName, netOf, owedToday, soldColumns, taxName } from "#app/components/coop-statement-words.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import type { CoopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { number } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { statementWords } from "#i18n/statements.ts";
import { accountWords } from "./entry-list.tsx";
import { type KeptCoop, officePath } from "./kept-coop.ts";

type Part = { statement: CoopStatement; locale: Locale };

function Heads({ first, amounts, last }: { first: string; amounts: readonly string[]; last?: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {amounts.map((head) => (
          <th scope="col" className="amount" key={head}>
            {head}
          </th>
        ))}
        {last && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}

/** One row: its name, then amounts that say on a phone what they are. */
function Row({
  name,
  cells,
  strong,
  children,
}: {
  name: ReactNode;
  cells: readonly (readonly [head: string, said: string])[];
  strong?: boolean;
  children?: ReactNode;
}) {
  return (
    <tr className={strong ? "statement-sum" : undefined}>
      <th scope="row">{name}</th>
      {cells.map(([head, said]) => (
        <td className="amount" data-label={head} key={head}>
          {said}
        </td>
      ))}
      {children}
    </tr>
  );
}

export function Sold({ statement: { sold }, locale }: Part) {
  const all = statementWords(locale);
  const words = all.coop;
  const say = (amount: number) => signedMoney(locale, amount);
  const columns = soldColumns(sold);
  const net = netOf(sold);
  const cells = (each: Record<(typeof columns)[number] | "gross", number>, lines: string) => [
    [words.lines, lines] as const,
    [all.gross, say(each.gross)] as const,
    ...columns.map((name) => [all[name], say(each[name])] as const),
  ];
  return (
    <section className="stack" aria-labelledby="sold">
      <h2 id="sold">{words.sold}</h2>
      {sold.length === 0 ? (
        <p className="soft">{words.soldNone}</p>
      ) : (
        <>
          <p className="soft small">{words.soldLead}</p>
          <div className="scroll-x">
            <table className="office-table">
              <Heads
                first={all.what}
                amounts={[words.lines, all.gross, ...columns.map((name) => all[name])]}
              />
              <tbody>
                {sold.map((each) => (
                  <Row
                    key={each.kind}
                    name={all.kinds[each.kind] ?? each.kind}
                    cells={cells(each, number(locale, each.lines))}
                  />
                ))}
              </tbody>
              <tfoot>
                <Row name={words.net} cells={cells(net, "")} strong />
              </tfoot>
            </table>
          </div>
          {sold.some(({ kind, fee }) => kind !== "split" && fee !== 0) && (
            <p className="soft small">{words.feeNote}</p>
          )}
        </>
      )}
    </section>
  );
}

export function Taxes({ statement: { taxes, whole }, locale, coop }: Part & { coop: KeptCoop }) {
  const words = statementWords(locale).coop;
  const say = (amount: number) => signedMoney(locale, amount);
  const heads = whole
    ? [words.taxOpening, words.collected, words.givenBack, words.otherwise, words.taxClosing]
    : [words.collected, words.givenBack, words.taxNet];
  return (
    <section className="stack" aria-labelledby="taxes">
      <h2 id="taxes">{words.taxes}</h2>
      {taxes.length === 0 ? (
        <p className="soft">{words.taxesNone}</p>
      ) : (
        <>
          <p className="soft small">{whole ? words.taxesWhole : words.taxesOwn}</p>
          <div className="scroll-x">
            <table className="office-table">
              <Heads first={words.tax} amounts={heads} />
              <tbody>
                {taxes.map((tax) => {
                  const amounts = whole
                    ? [tax.opening, tax.collected, 0 - tax.givenBack, tax.otherwise, tax.closing]
                    : [tax.collected, 0 - tax.givenBack, tax.collected - tax.givenBack];
                  return (
                    <Row
                      key={tax.code}
                      name={
                        whole ? (
                          <Link
                            to={`${officePath("officeBooks", locale, coop, { compte: `tax:${tax.code}` })}#entries`}
                          >
                            {taxName(locale, tax)}
                          </Link>
                        ) : (
                          taxName(locale, tax)
                        )
                      }
                      cells={amounts.map((amount, i) => [heads[i]!, say(amount ?? 0)] as const)}
                    />
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

export function Books({ statement, locale, coop }: Part & { coop: KeptCoop }) {
  const all = statementWords(locale);
  const words = all.coop;
  const { groups, elsewhere, whole } = statement;
  const say = (amount: number) => signedMoney(locale, amount);
  const heads = [words.opening, words.debit, words.credit, words.closing];
  const rows = [...groups, ...(elsewhere ? [{ group: "", coopName: null, ...elsewhere }] : [])];
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const closing = sum((row) => row.closing);
  const cells = (row: { opening: number; debit: number; credit: number; closing: number }) =>
    [row.opening, row.debit, row.credit, row.closing].map((amount, i) => [heads[i]!, say(amount)] as const);
  const name = (row: (typeof rows)[number]) => {
    if (row.group === "") return words.elsewhere;
    const said = groupName(locale, row, (account, of) => accountWords(locale, account, of));
    // A group of many accounts is opened by the books themselves; one account by its entries.
    return /^(stripe$|bank$|coop:|tax:|loss:|cost:)/.test(row.group) ? (
      <Link to={`${officePath("officeBooks", locale, coop, { compte: row.group })}#entries`}>{said}</Link>
    ) : (
      <Link to={officePath("officeBooks", locale, coop)}>{said}</Link>
    );
  };
  return (
    <section className="stack" aria-labelledby="books">
      <h2 id="books">{words.books}</h2>
      <p className="soft small">{whole ? words.booksWhole : words.booksOwn}</p>
      <div className="scroll-x">
        <table className="office-table">
          <Heads first={words.group} amounts={heads} />
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.group} ${row.coopName}`} name={name(row)} cells={cells(row)} />
            ))}
          </tbody>
          <tfoot>
            <Row
              name={all.total}
              cells={cells({
                opening: sum((row) => row.opening),
                debit: sum((row) => row.debit),
                credit: sum((row) => row.credit),
                closing,
              })}
              strong
            />
          </tfoot>
        </table>
      </div>
      <p className={`notice ${closing === 0 ? "good" : "bad"}`}>
        {closing === 0 ? words.balanced : words.unbalanced}
      </p>
    </section>
  );
}

export function Owed({ statement, locale }: Part) {
  const words = statementWords(locale).coop;
  const { held } = officeWords(locale).members;
  const say = (amount: number) => signedMoney(locale, amount);
  const members = owedToday(locale, statement);
  const periode = statement.period.code;
  return (
    <section className="stack" aria-labelledby="owed">
      <h2 id="owed">{words.owed}</h2>
      {members.length === 0 ? (
        <p className="soft">{words.owedNone}</p>
      ) : (
        <>
          <p className="soft small">{words.owedLead}</p>
          <div className="scroll-x">
            <table className="office-table">
              <Heads first={words.member} amounts={[words.owedNow, words.heldNow]} last={words.why} />
              <tbody>
                {members.map((each) => (
                  <Row
                    key={each.destination}
                    name={
                      each.memberId === null ? (
                        each.name
                      ) : (
                        <Link
                          to={pathTo("studioStatementPdf", locale, {}, { membre: each.memberId, periode })}
                          reloadDocument
                          aria-label={words.statementOf(each.name)}
                        >
                          {each.name}
                        </Link>
                      )
                    }
                    cells={[
                      [words.owedNow, say(each.owed)],
                      [words.heldNow, say(each.held)],
                    ]}
                  >
                    <td data-label={words.why}>{each.heldBecause ? held[each.heldBecause] : "—"}</td>
                  </Row>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
