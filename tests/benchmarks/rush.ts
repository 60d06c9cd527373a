import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { startWorker, until } from "#tests/chaos/worker.ts";
import { brokenChecks } from "#tests/database.ts";
import { open, openMarket, pay } from "#tests/integration/market.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { atShare, durableDatabase, median, withClients } from "./durable.ts";

// How long people wait for what they bought and for their share of it, and what a rush does: a worker of its own, the double answering
// every call in 50 ms and telling us by webhook, a PostgreSQL that survives a power cut.

// Sizes of a run.
const answersInMs = 50;
const calm = 40;
const rush = 500;
const rushSeconds = 10;

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** The instants of a sale, in ms of this machine: right given, and last transfer made (null: none yet, or not all). */
async function instants({ db }: Stage, saleIds: readonly string[]) {
  const { rows } = await sql<{ id: string; right: Date | null; sent: Date | null }>`
    select sale.id, (select min(granted_at) from download_right join sale_line on sale_line.id = sale_line_id
        where sale_line.sale_id = sale.id) as right,
      (select case when count(*) > 0 and bool_and(state = 'sent') then max(state_at) end from transfer
        where transfer.sale_id = sale.id) as sent
    from sale where id = any (${saleIds}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

async function allSent(stage: Stage, saleIds: readonly string[]): Promise<boolean> {
  const found = await instants(stage, saleIds);
  return saleIds.every((id) => found.get(id)?.sent);
}

/** Pays one sale after the other, `everyMs` apart; when each was paid. */
async function payAll(
  stage: Stage,
  saleIds: readonly string[],
  everyMs: number,
): Promise<Map<string, number>> {
  const paid = new Map<string, number>();
  const begun = performance.now();
  for (const [i, id] of saleIds.entries()) {
    await pause(Math.max(0, begun + i * everyMs - performance.now()));
    paid.set(id, Date.now());
    await pay(stage, id);
  }
  return paid;
}

const { database } = await durableDatabase(10);
const active = { account: "active" as const };
const stage = await openMarket({ real: true, database, members: { farid: active } });
const opened = async (count: number, work: string) => {
  const ids: string[] = [];
  await stage.double.control.latency({ ms: 0 });
  await withClients(8, count, async () => ids.push((await open(stage, [work])).saleId));
  await stage.double.control.latency({ ms: answersInMs });
  return ids;
};
const worker = startWorker(new URL("../../workers/index.ts", import.meta.url), {
  databaseUrl: database.url,
  stripeUrl: stage.double.url,
});
try {
  // M1 has four payees: three members and their co-op.
  const one = await opened(calm, "M1");
  const paid = await payAll(stage, one, 500);
  await until("all transfers of the calm are made", 120, () => allSent(stage, one));
  const after = await instants(stage, one);
  const rights = one.map((id) => after.get(id)!.right!.getTime() - paid.get(id)!);
  const sent = one.map((id) => after.get(id)!.sent!.getTime() - paid.get(id)!);

  const many = await opened(rush, "L1");
  const begun = Date.now();
  const rushed = await payAll(stage, many, (rushSeconds * 1000) / rush);
  await until("the rush is drained", 300, () => allSent(stage, many));
  const drained = Date.now() - begun;
  const then = await instants(stage, many);
  const rushRights = many.map((id) => then.get(id)!.right!.getTime() - rushed.get(id)!);
  const { rows: failed } = await sql<{ count: number }>`
    select count(*)::integer as count from pgboss.job where name = 'failed' and data::text not like '%locale%'`.execute(
    stage.db,
  );
  const { rows: pace } = await sql<{ most: number }>`
    select max(count)::integer as most from (select count(*) from transfer group by date_trunc('second', state_at)) as each`.execute(
    stage.db,
  );
  const broken = await brokenChecks(stage.db);
  if (broken.length > 0)
    throw new Error(`the books are not in order: ${JSON.stringify(broken).slice(0, 500)}`);
  console.log(
    [
      "| what | figure |",
      "|---|---|",
      `| paid → right to download, ${calm} sales half a second apart: p50, p95 | ${seconds(median(rights))}, ${seconds(atShare(rights, 0.95))} |`,
      `| paid → all four transfers made: p50, p95 | ${seconds(median(sent))}, ${seconds(atShare(sent, 0.95))} |`,
      `| ${rush} sales paid in ${rushSeconds} s: paid → right to download, p50, p95 | ${seconds(median(rushRights))}, ${seconds(atShare(rushRights, 0.95))} |`,
      `| ${rush} sales in ${rushSeconds} s: all ${rush * 3} transfers made after | ${seconds(drained)} |`,
      `| most transfers written in one second; jobs that failed | ${pace[0]!.most}; ${failed[0]!.count} |`,
    ].join("\n"),
  );
} finally {
  await worker.stop();
  await stage.close();
}
process.exit(0);
