import { sql } from "kysely";
import type { EntryShown, Sections } from "./format.ts";
import type { Stage } from "./stage.ts";

export type Postings = { account: string; amount: number }[];
export type EntryRow = {
  id: string;
  key: string;
  kind: string;
  sale_id: string | null;
  stripe_object: string | null;
  posted_at: Date;
  postings: Postings;
};

/** All entries in the order of their posting. */
export async function readEntries({ db }: Pick<Stage, "db">): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select entry.id, entry.key, entry.kind, entry.sale_id, entry.stripe_object, entry.posted_at,
      (select coalesce(json_agg(json_build_object('account', account, 'amount', amount) order by account), '[]')
        from posting where entry_id = entry.id) as postings
    from entry order by entry.number`.execute(db);
  return rows;
}

/** The house's ids, back to the story's labels. */
function labels(stage: Stage) {
  const back = (map: Map<string, string>) => new Map([...map].map(([label, id]) => [id, label]));
  const coops = back(stage.coops);
  const works = back(stage.works);
  const members = new Map([...stage.members].map(([label, member]) => [member.id, label]));
  const sales = new Map([...stage.sales].map(([label, sale]) => [sale.id, label]));
  const disputes = back(stage.disputes);
  const movements = new Map([...disputes, ...back(stage.adjustments), ...back(stage.payouts)]);
  const account = (name: string): string =>
    name
      .replace(/^coop:([^:]+)/, (_, id: string) => `coop${coops.get(id) ?? id}`)
      .replace(/^member:(.+)$/, (_, id: string) => `member:${members.get(id) ?? id}`)
      .replace(/^unclaimed:(.+)$/, (_, id: string) => `unclaimed:${members.get(id) ?? id}`)
      .replace(/^pool:(.+)$/, (_, id: string) => `pool:${works.get(id) ?? id}`)
      .replace(/^suspense\/(.+)$/, (_, id: string) => `suspense/${movements.get(id) ?? id}`)
      .replace(/^clearing\/(.+)$/, (_, id: string) => `clearing/${sales.get(id) ?? id}`);
  return { account, works, sales, movements };
}

/** Of a refund, a dispute and a reversal: why its entries are there, in the story's labels. */
async function causesOf({ db, refunds, disputes }: Stage): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; refund: string | null; stripe: string | null }>`
    select id, id as refund, stripe_refund as stripe from refund
    union all select id, null, stripe_dispute from dispute
    union all select reversal.id, reversal.refund_id, coalesce(refund.stripe_refund, dispute.stripe_dispute) from reversal
      left join refund on refund.id = reversal.refund_id left join dispute on dispute.id = reversal.dispute_id`.execute(
    db,
  );
  const labels = new Map<string, string>();
  for (const [label, refund] of refunds)
    labels.set("ours" in refund ? refund.ours : refund.stripe, `refund/${label}`);
  for (const [label, dispute] of disputes) labels.set(dispute, `dispute/${label}`);
  return new Map(
    rows.map(({ id, refund, stripe }) => [
      id,
      labels.get(refund ?? "") ?? labels.get(stripe ?? "") ?? String(refund ?? stripe),
    ]),
  );
}

const settlesAMember = new Set(["unclaimed", "outside_payment", "write_off"]);

/** What a story is compared by, read from the ledger, the rights and the double. */
export async function readSections(stage: Stage): Promise<Sections> {
  const { account, works, sales, movements } = labels(stage);
  const causes = await causesOf(stage);
  let releases = 0;
  const balances: Record<string, number> = {};
  const entries = (await readEntries(stage)).map((entry): EntryShown => {
    const postings: Record<string, number> = {};
    for (const posting of entry.postings) {
      const name = account(posting.account);
      postings[name] = (postings[name] ?? 0) + posting.amount;
      balances[name] = (balances[name] ?? 0) + posting.amount;
    }
    const sale = entry.sale_id === null ? undefined : (sales.get(entry.sale_id) ?? entry.sale_id);
    const to = Object.keys(postings)
      .find((name) => postings[name]! > 0)
      ?.replace(/^member:/, "")
      .replace(/:.*$/, "");
    if (entry.kind === "transfer" && !sale) releases += 1;
    const cause = causes.get(entry.key.slice(entry.key.indexOf(":") + 1));
    const from = Object.keys(postings).find((name) => postings[name]! < 0);
    const key =
      entry.kind === "transfer"
        ? `transfer/${sale ?? `release-${releases}`}/${to}`
        : entry.kind === "reversal"
          ? `reversal/${cause}/${from?.replace(/^member:/, "").replace(/:.*$/, "")}`
          : entry.kind.startsWith("dispute_")
            ? `${cause}/${entry.kind.slice("dispute_".length)}`
            : entry.kind.startsWith("refund")
              ? `${entry.kind}/${cause?.slice("refund/".length)}`
              : entry.kind === "ristourne"
                ? `ristourne/${entry.key.split(":").at(-1)}`
                : settlesAMember.has(entry.kind)
                  ? `${entry.kind}/${Object.keys(postings)
                      .find((name) => name.startsWith("member:"))
                      ?.slice("member:".length)}`
                  : `${entry.kind}/${sale ?? movements.get(entry.stripe_object ?? "") ?? entry.stripe_object}`;
    return { key, kind: entry.kind, ...(sale && { sale }), postings };
  });

  const { transfers } = await stage.double.control.snapshot();
  const rights = await stage.db
    .selectFrom("download_right")
    .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
    .select(["sale_line.sale_id", "sale_line.work_id", "download_right.copies"])
    .where("download_right.ended_at", "is", null)
    .execute();
  return {
    entries,
    transfers: transfers.map((transfer) => {
      const group = transfer.transferGroup?.replace(/^sale_/, "");
      const sale = group === undefined ? undefined : sales.get(group);
      const destination = stage.accounts.get(transfer.destination) ?? transfer.destination;
      return { ...(sale && { sale }), destination, amount: transfer.amount, reversed: transfer.reversed };
    }),
    balances: Object.fromEntries(
      Object.entries(balances)
        .filter(([, amount]) => amount !== 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    rights: Object.fromEntries(
      rights
        .map((right) => [`${sales.get(right.sale_id)}/${works.get(right.work_id)}`, right.copies] as const)
        .sort(),
    ),
    refusals: stage.refusals,
  };
}
