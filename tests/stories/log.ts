import { sql } from "kysely";
import { appendLog, leafContents } from "#domain/transparency/append-log.server.ts";
import { emptyTree, leafHash, rootOf, type Tree, withLeaf } from "#domain/transparency/merkle.ts";
import type { Stage } from "./stage.ts";

type Leaf = Parameters<typeof leafContents>[1] & {
  entryId: string;
  salt: Buffer | null;
  hash: Buffer | null;
};

/**
 * I13: the log's leaves are exactly the members' postings, in the order of the books, and its root is theirs. Only the last may be
 * missing, while a transaction somewhere in the cluster still writes.
 */
export async function logIsTheBooks({ db, house }: Stage): Promise<boolean> {
  const { rows: before } = await sql<{ settled: number }>`
    select count(*) as settled from posting join entry on entry.id = entry_id
    where account like 'member:%' and transaction::xid8 < pg_snapshot_xmin(pg_current_snapshot())`.execute(
    db,
  );
  await appendLog(db, house);
  const { rows: postings } = await sql<Leaf>`
    select entry.id as "entryId", number, key, kind, account, amount, currency, posted_at as "postedAt", salt, hash
    from posting join entry on entry.id = entry_id left join log_leaf using (entry_id, account)
    where account like 'member:%' order by number, account collate "C"`.execute(db);
  const { rows: places } = await sql<{ entryId: string; account: string }>`
    select entry_id as "entryId", account from log_leaf order by position`.execute(db);
  const { rows: heads } = await sql<{ size: number; root: Buffer }>`
    select size, root from log_head order by size desc limit 1`.execute(db);
  const head = heads[0] ?? { size: 0, root: rootOf(emptyTree) };
  const logged = postings.slice(0, places.length);
  const tree = logged.reduce<Tree>((grown, { hash }) => (hash ? withLeaf(grown, hash) : grown), emptyTree);
  return (
    places.length >= before[0]!.settled &&
    places.every(({ entryId, account }, i) => {
      const posting = postings[i];
      return posting?.entryId === entryId && posting.account === account;
    }) &&
    logged.every(
      ({ salt, hash, ...posting }) => hash && salt && leafHash(leafContents(salt, posting)).equals(hash),
    ) &&
    head.size === places.length &&
    head.root.equals(rootOf(tree))
  );
}
