import type { JobName } from "#domain/jobs.ts";
import { appendLogTask } from "./tasks/append-log.ts";
import { applyStripeEventsTask, applyStripeEventTask } from "./tasks/apply-stripe-events.ts";
import { carryForwardTask } from "./tasks/carry-forward.ts";
import { deliverWebhooksTask } from "./tasks/deliver-webhooks.ts";
import { forgetExitKitTask, makeExitKitTask } from "./tasks/exit-kit.ts";
import { expireSaleTask } from "./tasks/expire-sale.ts";
import { followDisputesTask } from "./tasks/follow-disputes.ts";
import { followPayoutTask } from "./tasks/follow-payout.ts";
import { forgetSentFileTask } from "./tasks/forget-sent-file.ts";
import { gatherEvidenceTask } from "./tasks/gather-evidence.ts";
import { gatherNewWorksTask } from "./tasks/gather-new-works.ts";
import { inspectAssetTask } from "./tasks/inspect-asset.ts";
import { lookAtBankTask } from "./tasks/look-at-bank.ts";
import { makeDerivativesTask } from "./tasks/make-derivatives.ts";
import { makeFormatTask } from "./tasks/make-format.ts";
import { makeRefundTask } from "./tasks/make-refund.ts";
import { makeStreamTask } from "./tasks/make-stream.ts";
import { payOutTask } from "./tasks/pay-out.ts";
import { publishDumpTask } from "./tasks/publish-dump.ts";
import { reconcileTask } from "./tasks/reconcile.ts";
import { recordRefundsTask } from "./tasks/record-refunds.ts";
import { recordTaxesTask } from "./tasks/record-taxes.ts";
import { refreshAccountTask } from "./tasks/refresh-account.ts";
import { releasePayeeTask } from "./tasks/release-payee.ts";
import { resumePayoutsTask } from "./tasks/resume-payouts.ts";
import { reverseTransferTask } from "./tasks/reverse-transfer.ts";
import { scoreRecordsTask } from "./tasks/score-records.ts";
import { sendDifferences } from "./tasks/send-differences.ts";
import { sendDisputeOpened } from "./tasks/send-dispute-opened.ts";
import { sendExitKit } from "./tasks/send-exit-kit.ts";
import { sendFollowerLetter } from "./tasks/send-follower-letter.ts";
import { sendGift } from "./tasks/send-gift.ts";
import { sendInvitation } from "./tasks/send-invitation.ts";
import { sendMailChange } from "./tasks/send-mail-change.ts";
import { sendNewWorks } from "./tasks/send-new-works.ts";
import { sendPartsTask } from "./tasks/send-parts.ts";
import { sendPayoutNotice } from "./tasks/send-payout-notice.ts";
import { sendReceipt } from "./tasks/send-receipt.ts";
import { sendRefundMade } from "./tasks/send-refund-made.ts";
import { sendReportWord } from "./tasks/send-report-word.ts";
import { sendReviewOutcome } from "./tasks/send-review-outcome.ts";
import { sendSignInLink } from "./tasks/send-sign-in-link.ts";
import { settleSalesTask, settleSaleTask } from "./tasks/settle-sale.ts";
import { splitSaleTask } from "./tasks/split-sale.ts";
import { submitEvidenceTask } from "./tasks/submit-evidence.ts";
import { sweepFormatsTask } from "./tasks/sweep-formats.ts";
import { sweepPeopleTask } from "./tasks/sweep-people.ts";
import { sweepSalesTask } from "./tasks/sweep-sales.ts";
import { sweepUploadsTask } from "./tasks/sweep-uploads.ts";
import type { Task, TaskForMany } from "./tasks/task.ts";
import { wantStreamsTask } from "./tasks/want-streams.ts";

/** Which task answers which job. */
export const tasks: { [N in JobName]: Task<N> } = {
  "settle-sale": settleSaleTask,
  "split-sale": splitSaleTask,
  "record-taxes": recordTaxesTask,
  "send-parts": sendPartsTask,
  "expire-sale": expireSaleTask,
  "pay-out": payOutTask,
  "release-payee": releasePayeeTask,
  "refresh-account": refreshAccountTask,
  "resume-payouts": resumePayoutsTask,
  "look-at-bank": lookAtBankTask,
  "make-refund": makeRefundTask,
  "record-refunds": recordRefundsTask,
  "follow-disputes": followDisputesTask,
  "reverse-transfer": reverseTransferTask,
  "gather-evidence": gatherEvidenceTask,
  "submit-evidence": submitEvidenceTask,
  "sweep-sales": sweepSalesTask,
  reconcile: reconcileTask,
  "follow-payout": followPayoutTask,
  "sweep-people": sweepPeopleTask,
  "publish-dump": publishDumpTask,
  "append-log": appendLogTask,
  "carry-forward": carryForwardTask,
  "score-records": scoreRecordsTask,
  "apply-stripe-event": applyStripeEventTask,
  "inspect-asset": inspectAssetTask,
  "make-derivatives": makeDerivativesTask,
  "sweep-uploads": sweepUploadsTask,
  "make-format": makeFormatTask,
  "sweep-formats": sweepFormatsTask,
  "forget-sent-file": forgetSentFileTask,
  "want-streams": wantStreamsTask,
  "make-stream": makeStreamTask,
  "send-sign-in-link": sendSignInLink,
  "send-invitation": sendInvitation,
  "send-mail-change": sendMailChange,
  "send-receipt": sendReceipt,
  "send-gift": sendGift,
  "gather-new-works": gatherNewWorksTask,
  "send-new-works": sendNewWorks,
  "send-follower-letter": sendFollowerLetter,
  "make-exit-kit": makeExitKitTask,
  "send-exit-kit": sendExitKit,
  "forget-exit-kit": forgetExitKitTask,
  "send-refund-made": sendRefundMade,
  "send-dispute-opened": sendDisputeOpened,
  "send-payout-notice": sendPayoutNotice,
  "send-review-outcome": sendReviewOutcome,
  "send-report-word": sendReportWord,
  "send-differences": sendDifferences,
  "deliver-webhooks": deliverWebhooksTask,
};

/** The task of a job whose name is only known at run time; its payload was checked when it was enqueued. */
export function taskOf(name: string): Task<JobName> | undefined {
  return tasks[name as JobName] as Task<JobName> | undefined;
}

/** Those of which many cost little more than one. */
const tasksForMany: { [N in JobName]?: TaskForMany<N> } = {
  "apply-stripe-event": applyStripeEventsTask,
  "settle-sale": settleSalesTask,
};

/** The task that does all jobs of this name that are there at once, where there is one. */
export function taskForMany(name: string): TaskForMany<JobName> | undefined {
  return tasksForMany[name as JobName] as TaskForMany<JobName> | undefined;
}
