import type { DisputeRow, DisputeView } from "#domain/sales/dispute-queries.server.ts";
import { dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";

const mood = { inquiry: "warn", open: "warn", won: "good", lost: "bad", closed: "" };

export function DisputeTag({ dispute, locale }: { dispute: Pick<DisputeRow, "state">; locale: Locale }) {
  return (
    <span className={`tag ${mood[dispute.state]}`}>
      {moneyBackWords(locale).disputes.states[dispute.state]}
    </span>
  );
}

export const reasonOf = (locale: Locale, code: string): string => {
  const { disputes: words } = moneyBackWords(locale);
  return words.reasons[code] ?? words.otherReason(code);
};

/** Still to be answered, and its day has passed. */
export const isLate = (dispute: Pick<DisputeRow, "state" | "dueAt" | "answeredAt">, now: Date): boolean =>
  (dispute.state === "open" || dispute.state === "inquiry") &&
  dispute.answeredAt === null &&
  dispute.dueAt !== null &&
  dispute.dueAt < now;

/** How a dispute stands, in one plain sentence. */
export function plainState(locale: Locale, { state, status, withdrawn }: DisputeView): string {
  const { plain } = moneyBackWords(locale).dispute;
  if ((state === "open" || state === "inquiry") && status?.endsWith("under_review")) return plain.underReview;
  if (state === "inquiry" && withdrawn === null && status === "needs_response") return plain.takingSoon;
  return plain[state];
}

/** What happened, the first first, and what is still to come. */
export function Timeline({ dispute, locale }: { dispute: DisputeView; locale: Locale }) {
  const { dispute: words } = moneyBackWords(locale);
  const { steps } = words;
  const { evidence, state } = dispute;
  const waits = state === "open" || state === "inquiry";
  const happened: { at: Date; what: string; ahead?: boolean }[] = [
    { at: dispute.createdAt, what: steps.opened },
  ];
  if (evidence) {
    happened.push({ at: evidence.gatheredAt, what: steps.gathered });
    const edited = evidence.editedAt;
    if (edited && evidence.editedBy && evidence.state === "gathered")
      happened.push({ at: edited, what: steps.edited(evidence.editedBy) });
    if (edited && evidence.sentBy && (evidence.state === "asked" || evidence.state === "refused"))
      happened.push({ at: edited, what: steps.asked(evidence.sentBy) });
    if (evidence.state === "sent" && evidence.sentBy)
      happened.push({ at: evidence.stateAt, what: steps.sent(evidence.sentBy) });
    if (evidence.state === "refused")
      happened.push({ at: evidence.stateAt, what: steps.refused(evidence.refusal ?? "") });
  }
  if (!waits) happened.push({ at: dispute.stateAt, what: steps[state] });
  if (waits && dispute.dueAt && dispute.answeredAt === null)
    happened.push({ at: dispute.dueAt, what: steps.due, ahead: true });
  happened.sort((a, b) => a.at.getTime() - b.at.getTime());
  return (
    <section className="stack stack-tight" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{words.timeline}</h2>
      <ol className="plain-list timeline">
        {happened.map(({ at, what, ahead }) => (
          <li key={what} className={ahead ? "ahead" : undefined}>
            <time dateTime={at.toISOString()} className="soft small">
              {dateTime(locale, at)}
            </time>
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
