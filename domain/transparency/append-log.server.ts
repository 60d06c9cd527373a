import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { emptyTree, leafHash, rootOf, type Tree, withLeaf } from "./merkle.ts";

/** Entries read at once; a log that is far behind catches up in several transactions. */
const entriesAtOnce = 1_000;
const lockKey = 7_361_043;

type MemberPosting = {
  entryId: string;
  number: number;
  key: string;
  kind: string;
  account: string;
  amount: number;
  currency: string;
  postedAt: Date;
};

/**
 * Brings the transparency log up to the books: a leaf for each posting on a member's account, in the order of the entries' numbers,
 * and the new root. Entries with a lower number than one that is being written wait for it, so that the order is never mended.
 * Safe to run at any time and at once: one appends, the others wait and find it done. Returns how many leaves it added.
 */
export async function appendLog(db: Database, house: Pick<House, "clock">): Promise<number> {
  let added = 0;
  for (;;) {
    const { leaves, entries } = await inTransaction(db, (trx) => appendSome(trx, house));
    added += leaves;
    if (entries < entriesAtOnce) return added;
  }
}

async function appendSome(
  trx: Database,
  { clock }: Pick<House, "clock">,
): Promise<{ leaves: number; entries: number }> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(trx);
  const head = await trx
    .selectFrom("log_head")
    .select(["size", "peaks"])
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  let tree: Tree = head ? { size: head.size, peaks: head.peaks } : emptyTree;
  const { rows } = await sql<MemberPosting>`
    with written as (
      select entry.id, number, key, kind, currency, posted_at from entry
      where number > coalesce((select number from log_leaf join entry on entry.id = log_leaf.entry_id
          order by position desc limit 1), 0)
        -- Whoever still writes may hold a lower number. A copy of the books from another cluster has numbers of transactions that
        -- mean nothing here: a day is longer than any of them lasts.
        and (transaction::xid8 < pg_snapshot_xmin(pg_current_snapshot())
          or posted_at < ${new Date(clock.now().getTime() - 86_400_000)})
        and exists (select from posting where entry_id = entry.id and account like 'member:%')
      order by number limit ${entriesAtOnce})
    select written.id as "entryId", number, key, kind, account, amount, currency, posted_at as "postedAt"
    from written join posting on posting.entry_id = written.id and account like 'member:%'
    order by number, account collate "C"`.execute(trx);
  if (rows.length === 0) return { leaves: 0, entries: 0 };
  const leaves = rows.map((posting) => {
    const salt = randomBytes(16);
    const hash = leafHash(leafContents(salt, posting));
    const position = tree.size;
    tree = withLeaf(tree, hash);
    return { position, entry_id: posting.entryId, account: posting.account, salt, hash };
  });
  await sql`insert into log_leaf (position, entry_id, account, salt, hash)
    select * from unnest(${leaves.map(({ position }) => position)}::bigint[], ${leaves.map((leaf) => leaf.entry_id)}::uuid[],
      ${leaves.map(({ account }) => account)}::text[], ${leaves.map(({ salt }) => salt)}::bytea[],
      ${leaves.map(({ hash }) => hash)}::bytea[])`.execute(trx);
  await trx
    .insertInto("log_head")
    .values({ size: tree.size, root: rootOf(tree), peaks: tree.peaks, made_at: clock.now() })
    .execute();
  return { leaves: leaves.length, entries: new Set(rows.map(({ entryId }) => entryId)).size };
}

/**
 * What a leaf is the hash of: its salt (16 bytes), then UTF-8 JSON of number, key and kind of the entry, account, amount (minor
 * units, debit positive), currency and instant. The salt is the member's: who has only the hash cannot try amounts until one fits.
 */
export function leafContents(salt: Buffer, posting: Omit<MemberPosting, "entryId">): Buffer {
  const { number, key, kind, account, amount, currency, postedAt } = posting;
  return Buffer.concat([
    salt,
    Buffer.from(JSON.stringify([number, key, kind, account, amount, currency, postedAt.toISOString()])),
  ]);
}
