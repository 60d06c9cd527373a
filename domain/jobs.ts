import { z } from "zod";
import type { Database } from "#db/connection.ts";
import type { JobOptions, Queue } from "#db/queue.ts";

const sale = z.object({ saleId: z.uuid() });
const dispute = z.object({ disputeId: z.uuid() });

/** Every job of the house, with the shape of what it carries: ids, never copies of facts that may change. */
export const jobs = {
  "settle-sale": sale,
  "split-sale": sale,
  "record-taxes": sale,
  "send-parts": sale,
  "expire-sale": sale,
  "pay-out": z.object({ transferId: z.uuid() }),
  "release-payee": z.object({ payoutAccountId: z.uuid() }),
  "refresh-account": z.object({ stripeAccount: z.string(), told: z.boolean().optional() }),
  "resume-payouts": z.object({ ask: z.boolean().optional() }),
  "look-at-bank": z.object({ stripeAccount: z.string() }),
  "make-refund": z.object({ refundId: z.uuid() }),
  "record-refunds": sale,
  "follow-disputes": sale,
  "reverse-transfer": z.object({ reversalId: z.uuid() }),
  "gather-evidence": dispute,
  "submit-evidence": dispute,
  "sweep-sales": z.object({}),
  reconcile: z.object({ runId: z.uuid().optional(), again: z.boolean().optional() }),
  "follow-payout": z.object({ payoutId: z.string() }),
  "sweep-people": z.object({}),
  "publish-dump": z.object({}),
  "append-log": z.object({}),
  "carry-forward": z.object({}),
  "score-records": z.object({}),
  "apply-stripe-event": z.object({ eventId: z.string() }),
  "inspect-asset": z.object({ uploadId: z.uuid() }),
  "make-derivatives": z.object({ uploadId: z.uuid() }),
  "sweep-uploads": z.object({}),
  "make-format": z.object({ sourceId: z.uuid(), format: z.string().max(20) }),
  "sweep-formats": z.object({}),
  "forget-sent-file": z.object({ coopId: z.uuid(), file: z.uuid() }),
  "want-streams": z.object({ workId: z.uuid().optional() }),
  "make-stream": z.object({ sourceId: z.uuid(), extent: z.enum(["whole", "start"]) }),
  "send-sign-in-link": z.object({ email: z.email(), link: z.string(), locale: z.enum(["fr", "en"]) }),
  "send-mail-change": z.object({
    email: z.email(),
    link: z.string().nullable(),
    locale: z.enum(["fr", "en"]),
  }),
  "send-receipt": sale,
  "send-gift": z.object({ giftId: z.uuid() }),
  "gather-new-works": z.object({}),
  "send-new-works": z.object({ personId: z.uuid(), until: z.iso.datetime() }),
  "send-follower-letter": z.object({ letterId: z.uuid(), personId: z.uuid() }),
  "make-exit-kit": z.object({ kitId: z.uuid() }),
  "send-exit-kit": z.object({ kitId: z.uuid() }),
  "forget-exit-kit": z.object({ kitId: z.uuid() }),
  "send-refund-made": z.object({ refundId: z.uuid() }),
  "send-dispute-opened": dispute,
  "send-invitation": z.object({ memberId: z.uuid(), workId: z.uuid() }),
  "send-payout-notice": z.object({
    payoutAccountId: z.uuid(),
    about: z.enum(["closed", "restricted", "bank"]),
  }),
  "send-review-outcome": z.object({ submissionId: z.uuid() }),
  "send-report-word": z.object({ reportId: z.uuid(), stepId: z.uuid().optional() }),
  "send-differences": z.object({ runId: z.uuid(), personId: z.uuid() }),
  "deliver-webhooks": z.object({}),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]>;

/** Schedules kept by the worker (cron, in the zone named). */
export const schedules: { name: JobName; cron: string }[] = [
  { name: "sweep-sales", cron: "*/2 * * * *" },
  { name: "reconcile", cron: "10 * * * *" },
  { name: "sweep-uploads", cron: "*/15 * * * *" },
  { name: "sweep-people", cron: "40 8 * * *" },
  { name: "gather-new-works", cron: "0 12 * * *" },
  { name: "publish-dump", cron: "10 7 * * 1" },
  { name: "sweep-formats", cron: "20 9 * * *" },
  { name: "want-streams", cron: "25 * * * *" },
  { name: "append-log", cron: "* * * * *" },
  { name: "carry-forward", cron: "55 8 * * *" },
  { name: "score-records", cron: "* * * * *" },
  { name: "deliver-webhooks", cron: "* * * * *" },
];

/** Rings the doorbell of a job in the transaction of the fact that causes it; the payload is checked here, before it is stored. */
export async function enqueue<N extends JobName>(
  db: Database,
  { queue }: { queue: Queue },
  name: N,
  payload: JobPayload<N>,
  options?: JobOptions,
): Promise<void> {
  await queue.enqueue(db, name, jobs[name].parse(payload), options);
}

/** The same for many of one kind, in one statement. */
export async function enqueueAll<N extends JobName>(
  db: Database,
  { queue }: { queue: Queue },
  name: N,
  payloads: readonly JobPayload<N>[],
  options?: JobOptions,
): Promise<void> {
  await queue.enqueueAll(
    db,
    name,
    payloads.map((payload) => jobs[name].parse(payload)),
    options,
  );
}
