import { useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import type { RuleSteps } from "#domain/governance/rule.ts";
import { shareLine } from "#domain/revenue/allocate.ts";
import { money, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioWords } from "#i18n/studio.ts";

export type ShareRowDraft = { memberId: string; parts: string; accepted?: boolean };
type Keyed = ShareRowDraft & { key: number };

const blank: ShareRowDraft = { memberId: "", parts: "" };
const whole = (parts: string) => (/^\d{1,9}$/.test(parts.trim()) ? Number(parts) : 0);

/** Who shares, in whole parts. Without JavaScript there is one spare line at a time; with it, lines come and go and sums are live. */
export function ShareRows({
  locale,
  rows: given,
  members,
  steps,
  currency,
}: {
  locale: Locale;
  rows: readonly ShareRowDraft[];
  members: readonly { id: string; name: string }[];
  steps: RuleSteps | null;
  currency: string;
}) {
  const words = studioWords(locale).shares;
  const live = useHydrated();
  const [rows, setRows] = useState<Keyed[]>(() => [...given, blank].map((row, key) => ({ ...row, key })));
  const change = (key: number, to: Partial<ShareRowDraft>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...to } : row)));
  const named = rows.filter(({ memberId }) => memberId !== "");
  const sum = named.reduce((all, { parts }) => all + whole(parts), 0);
  return (
    <>
      <table className="share-rows">
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.parts}</th>
            <th scope="col" className="amount">
              {words.percent}
            </th>
            <th scope="col">
              <span className="visually-hidden">{words.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const member = members.find(({ id }) => id === row.memberId);
            return (
              <tr key={row.key}>
                <td className="field">
                  <select
                    name="member[]"
                    aria-label={`${words.member} ${i + 1}`}
                    value={row.memberId}
                    onChange={(event) => change(row.key, { memberId: event.target.value, accepted: false })}
                  >
                    <option value="">{words.choose}</option>
                    {members.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </select>
                  {member &&
                    row.accepted !== undefined &&
                    given.some((each) => each.memberId === row.memberId) && (
                      <span className="small soft">{row.accepted ? words.accepted : words.pending}</span>
                    )}
                </td>
                <td className="field parts">
                  <input
                    name="parts[]"
                    inputMode="numeric"
                    autoComplete="off"
                    aria-label={`${words.parts} ${i + 1}`}
                    value={row.parts}
                    onChange={(event) => change(row.key, { parts: event.target.value })}
                  />
                </td>
                <td className="amount share-percent">
                  {row.memberId && sum > 0 ? (
                    <output>{percent(locale, Math.round((whole(row.parts) / sum) * 10_000) / 100)}</output>
                  ) : (
                    "–"
                  )}
                </td>
                <td>
                  {live && rows.length > 1 && (
                    <button
                      type="button"
                      className="button quiet small"
                      aria-label={words.removeOf(member?.name ?? `${i + 1}`)}
                      onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
                    >
                      {words.remove}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="row between">
        <p className="small soft">{words.blank}</p>
        {live && (
          <button
            type="button"
            className="button quiet small"
            onClick={() =>
              setRows((before) => [
                ...before,
                { ...blank, key: Math.max(0, ...before.map(({ key }) => key)) + 1 },
              ])
            }
          >
            {words.add}
          </button>
        )}
      </div>
      {steps && sum > 0 && (
        <Example
          locale={locale}
          steps={steps}
          currency={currency}
          shares={named.map(({ memberId, parts }) => ({ memberId, parts: whole(parts) }))}
          nameOf={(id) => members.find((member) => member.id === id)?.name ?? ""}
        />
      )}
    </>
  );
}

const exampleAmount = 1000;

/** What ten dollars become, by the very function that shares a sale. */
function Example({
  locale,
  steps,
  shares,
  currency,
  nameOf,
}: {
  locale: Locale;
  steps: RuleSteps;
  shares: { memberId: string; parts: number }[];
  currency: string;
  nameOf: (memberId: string) => string;
}) {
  const words = studioWords(locale).shares;
  // A member named twice is refused when saved; meanwhile the example shows them once.
  const once = shares.filter(
    ({ memberId }, i) => shares.findIndex((each) => each.memberId === memberId) === i,
  );
  const { parts } = shareLine({
    amount: exampleAmount,
    feePart: 0,
    steps,
    shares: once,
    poolDue: 0,
    counters: { 1: 0, 2: 0, 3: 0 },
  });
  return (
    <section className="example" aria-live="polite">
      <h3>{words.exampleTitle(money(locale, exampleAmount, currency))}</h3>
      <div className="example-bar" aria-hidden="true">
        {parts
          .filter(({ amount }) => amount > 0)
          .map(({ to, amount }, i) => (
            <span
              key={"fund" in to ? to.fund : "memberId" in to ? to.memberId : "pool"}
              className={"memberId" in to ? "to-member" : "to-fund"}
              data-nth={i % 5}
              style={{ flexGrow: amount }}
            />
          ))}
      </div>
      <dl className="example-list">
        {parts.map(({ to, amount }) => {
          const name =
            "fund" in to ? words.funds[to.fund] : "memberId" in to ? nameOf(to.memberId) : words.pool;
          return (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="amount">{money(locale, amount, currency)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
