import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import type { EvidenceTexts } from "./keep-evidence.server.ts";

export type DisputeState = "inquiry" | "open" | "won" | "lost" | "closed";

export type DisputeRow = {
  id: string;
  saleId: string;
  saleNumber: number;
  email: string;
  state: DisputeState;
  /** Stripe's own word, finer than the state: warning_needs_response, under_review, …; null until it was asked again. */
  status: string | null;
  stateAt: Date;
  /** Stripe's code: fraudulent, product_not_received, … */
  reason: string;
  /** What the bank disputes, in the currency of the sale. */
  amount: Amount;
  currency: string;
  dueAt: Date | null;
  createdAt: Date;
  /** When a person sent the answer; null: nobody did yet. */
  answeredAt: Date | null;
};

/** The disputes of sales with a line of this co-op; the co-op that owns the platform answers Stripe, and sees them all. */
export async function disputesOfCoop(
  db: Database,
  personId: string,
  coopId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<DisputeRow[]> {
  return disputes(
    db,
    sql`exists (select from coop_role keeper join coop kept on kept.id = keeper.coop_id
        where keeper.person_id = ${personId}::uuid and keeper.role in (${rolesFor("readMoney")}) and kept.id = ${coopId}::uuid
          and (kept.money = 'platform' or exists (select from sale_line as line
            where line.sale_id = sale.id and line.coop_id = kept.id)))
      order by dispute.state in ('open', 'inquiry') desc,
        case when dispute.state in ('open', 'inquiry') then dispute.evidence_due_at end, dispute.created_at desc, dispute.id
      limit ${limit} offset ${offset}`,
  );
}

export type Evidence = EvidenceTexts & {
  buyerEmail: string;
  servedOn: string;
  gatheredAt: Date;
  editedAt: Date | null;
  editedBy: string | null;
  state: "gathered" | "asked" | "sent" | "refused";
  stateAt: Date;
  sentBy: string | null;
  /** Stripe's word where it refused. */
  refusal: string | null;
};
export type DisputeView = DisputeRow & {
  stripeDispute: string;
  /** What left us, in the settlement currency, without the bank's fee; null while nothing did. */
  withdrawn: Amount | null;
  /** Taken by Stripe for the dispute itself, whatever comes of it. */
  fee: Amount;
  /** The co-ops that sold, of those whose books this person keeps: where there is one, they may open the sale. */
  soldBy: string[];
  /** Every line is of a co-op whose books this person keeps: what answers the bank names them all. */
  answers: boolean;
  /** Null where it is not theirs to read, and for the moment before it is gathered. */
  evidence: Evidence | null;
};

/** A dispute of a sale with a line of a co-op where this person is treasurer or admin, or for those of the platform's co-op. */
export async function findDisputeFor(
  db: Database,
  personId: string,
  disputeId: string,
): Promise<DisputeView | null> {
  const found = await disputes(
    db,
    sql`dispute.id = ${disputeId}::uuid and exists (select from sale_line as line
      where line.sale_id = sale.id and ${keptBy(personId, sql`line.coop_id`)})`,
  );
  if (!found[0]) return null;
  const { rows } = await sql<Omit<DisputeView, keyof DisputeRow>>`
    select dispute.stripe_dispute as "stripeDispute", dispute.withdrawn,
      coalesce((select sum(posting.amount) from posting join entry on entry.id = posting.entry_id
        where posting.account = 'loss:dispute_fees' and entry.stripe_object = dispute.stripe_dispute), 0)::bigint as fee,
      array(select distinct line.coop_id from sale_line as line join coop_role r on r.coop_id = line.coop_id
        where line.sale_id = dispute.sale_id and r.person_id = ${personId}::uuid and r.role in (${rolesFor("readMoney")}))
        as "soldBy",
      ${answeredBy(personId)} as answers
    from dispute where dispute.id = ${disputeId}::uuid`.execute(db);
  const more = rows[0]!;
  return { ...found[0], ...more, evidence: more.answers ? await evidenceOf(db, disputeId) : null };
}

/** Whether every line of the disputed sale is of a co-op whose books this person keeps. */
export const answeredBy = (personId: string): RawBuilder<boolean> => sql<boolean>`
  not exists (select from sale_line as line where line.sale_id = dispute.sale_id
    and not ${keptBy(personId, sql`line.coop_id`)})`;

async function disputes(db: Database, where: RawBuilder<unknown>): Promise<DisputeRow[]> {
  const { rows } = await sql<DisputeRow>`
    select dispute.id, sale.id as "saleId", sale.number as "saleNumber", sale.email, dispute.state, dispute.status,
      dispute.state_at as "stateAt", dispute.reason, dispute.amount, sale.currency, dispute.evidence_due_at as "dueAt",
      dispute.created_at as "createdAt",
      (select evidence.state_at from dispute_evidence as evidence
        where evidence.dispute_id = dispute.id and evidence.state = 'sent') as "answeredAt"
    from dispute join sale on sale.id = dispute.sale_id where ${where}`.execute(db);
  return rows;
}

async function evidenceOf(db: Database, disputeId: string): Promise<Evidence | null> {
  const { rows } = await sql<Evidence>`
    select evidence.product, evidence.receipt, evidence.access_log as "accessLog", evidence.terms, evidence.statement,
      evidence.buyer_email as "buyerEmail", evidence.served_on::text as "servedOn", evidence.gathered_at as "gatheredAt",
      evidence.edited_at as "editedAt", coalesce(editor.name, editor.email) as "editedBy", evidence.state,
      evidence.state_at as "stateAt", coalesce(sender.name, sender.email) as "sentBy", evidence.refusal
    from dispute_evidence as evidence left join person as editor on editor.id = evidence.edited_by
      left join person as sender on sender.id = evidence.sent_by
    where evidence.dispute_id = ${disputeId}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** What we hold of a disputed sale beside its receipt: who was given the files, and each time one was fetched. */
export type EvidenceFacts = {
  saleId: string;
  /** When the files were given; and the day of it, in Montréal. */
  grantedAt: Date;
  servedOn: string;
  /** When the mail server took the receipt. */
  receiptSentAt: Date | null;
  /** The buyer's account, where the purchase is in one. */
  signedIn: boolean;
  downloads: { at: Date; title: string; mediaType: string; track: string | null }[];
};

export async function evidenceFacts(db: Database, disputeId: string): Promise<EvidenceFacts | null> {
  const { rows } = await sql<Omit<EvidenceFacts, "downloads">>`
    select sale.id as "saleId", coalesce(min(held.granted_at), sale.paid_at) as "grantedAt",
      (coalesce(min(held.granted_at), sale.paid_at) at time zone 'America/Montreal')::date::text as "servedOn",
      (select sent_at from mail_sent where key = 'receipt:' || sale.id) as "receiptSentAt",
      coalesce(bool_or(held.person_id is not null), false) as "signedIn"
    from dispute join sale on sale.id = dispute.sale_id
      left join sale_line as line on line.sale_id = sale.id left join download_right as held on held.sale_line_id = line.id
    where dispute.id = ${disputeId}::uuid group by sale.id`.execute(db);
  if (!rows[0]) return null;
  const { rows: downloads } = await sql<EvidenceFacts["downloads"][number]>`
    select download.at, line.title, asset.media_type as "mediaType", recording.title as track
    from download join download_right as held on held.id = download.download_right_id
      join sale_line as line on line.id = held.sale_line_id join asset on asset.id = download.asset_id
      left join recording on recording.asset_id = asset.id
    where line.sale_id = ${rows[0].saleId}::uuid order by download.at, download.id`.execute(db);
  return { ...rows[0], downloads };
}

/** What the letter to the treasurers says of a dispute, and who they are. */
export type DisputeToTell = DisputeRow & {
  keepers: { personId: string; email: string; name: string | null; locale: "fr" | "en"; coopName: string }[];
};

/**
 * A dispute that has begun and is not decided, with the treasurers of the co-ops that sold and of the one that owns the platform;
 * where a co-op has none, its admins. Each person once.
 */
export async function disputeToTell(db: Database, disputeId: string): Promise<DisputeToTell | null> {
  const found = await disputes(
    db,
    sql`dispute.id = ${disputeId}::uuid and dispute.state in ('inquiry', 'open')`,
  );
  if (!found[0]) return null;
  const { rows: keepers } = await sql<DisputeToTell["keepers"][number]>`
    select distinct on (person.id) person.id as "personId", person.email, person.name, person.locale, coop.name as "coopName"
    from coop join coop_role as held on held.coop_id = coop.id join person on person.id = held.person_id
    where (coop.money = 'platform' or exists (select from sale_line as line
        where line.sale_id = ${found[0].saleId}::uuid and line.coop_id = coop.id))
      and (held.role = 'treasurer' or (held.role = 'admin' and not exists (select from coop_role as other
        where other.coop_id = coop.id and other.role = 'treasurer')))
    order by person.id, coop.money`.execute(db);
  return { ...found[0], keepers };
}
