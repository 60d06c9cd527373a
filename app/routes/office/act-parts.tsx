import type { ActTerms } from "#domain/approval/act.ts";
import type { ListedAct } from "#domain/approval/queries.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { date, dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { safetyWords } from "#i18n/safety.ts";

/** As a loader sends it. */
export type ShownAct = Omit<ListedAct, "proposedAt" | "expiresAt" | "decidedAt"> & {
  proposedAt: Date | string;
  expiresAt: Date | string;
  decidedAt: Date | string | null;
};

export const actTitle = (locale: Locale, { terms, about }: Pick<ShownAct, "terms" | "about">): string =>
  safetyWords(locale).acts.kinds[terms.kind](about ?? "");

export const actMood = { open: "warn", over: "", confirmed: "good", declined: "bad" } as const;

/** Who proposed and who decided, or until when somebody may. */
export function ActTrail({ act, locale }: { act: ShownAct; locale: Locale }) {
  const { acts: words } = safetyWords(locale);
  const when = (at: Date | string) => dateTime(locale, new Date(at));
  return (
    <p className="soft">
      {words.proposed(act.proposedBy, when(act.proposedAt))}{" "}
      {act.state === "open" && words.until(when(act.expiresAt))}
      {act.state === "over" && words.overSince(when(act.expiresAt))}
      {act.decidedAt &&
        act.decidedBy &&
        (act.state === "confirmed" ? words.confirmedBy : words.declinedBy)(
          act.decidedBy,
          when(act.decidedAt),
        )}
    </p>
  );
}

/** What was proposed, fact by fact. */
export function ActFacts({ terms, locale }: { terms: ActTerms; locale: Locale }) {
  const { facts } = safetyWords(locale).acts;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const day = (on: string) => date(locale, new Date(on.length === 10 ? `${on}T12:00:00Z` : on));
  const rows: [string, string][] = [];
  if ("amount" in terms) rows.push([facts.amount, cash(terms.amount)]);
  if (terms.kind === "refund") rows.push([facts.lines, terms.lines.join(", ")]);
  if (terms.kind === "outside_payment")
    rows.push([facts.paidOn, day(terms.paidOn)], [facts.reference, terms.reference]);
  if ("reason" in terms) rows.push([facts.reason, terms.reason]);
  if (terms.kind === "adopt_rule")
    rows.push(
      [facts.votedAt, day(terms.votedAt)],
      [facts.inForceFrom, day(terms.inForceFrom)],
      [facts.minutes, terms.minutes],
    );
  if (terms.kind === "limit")
    rows.push([facts.above, terms.above === null ? facts.never : cash(terms.above)]);
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="breakable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
