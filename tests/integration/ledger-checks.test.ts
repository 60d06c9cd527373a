import { readdir } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenChecks, openAsOwner } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { playStep } from "#tests/stories/steps.ts";
import { openMarket, sell } from "./market.ts";

const silent = sql`set local session_replication_role = replica`; // the guards of the database, put to sleep

let stage: Stage;
/** Books can only be spoilt by who owns them. */
let owner: ReturnType<typeof openAsOwner>;
beforeAll(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
  const { db, clock } = stage;
  owner = openAsOwner(stage.database.url);
  await owner.transaction().execute(async (trx) => {
    await silent.execute(trx); // a rule in force does not change
    await sql`update rule set steps = steps - 2 || '[{"kind": "recoup", "bp": 5000}, {"kind": "shares"}]' where code = 'RB'`.execute(
      trx,
    );
  });
  await sql`insert into expense (id, work_id, label, amount, approved_at, created_at)
    values (gen_random_uuid(), ${stage.works.get("M1")!}, 'mixage', 100, ${clock.now()}, ${clock.now()})`.execute(
    db,
  );
  stage.sales.set("s1", { id: await sell(stage, ["L1", "M1"], { place: "CA-QC" }) });
  await playStep(stage, { do: "refund", refund: "r1", sale: "s1", lines: [1], amount: 500 });
  await drain(stage);
  await playStep(stage, { do: "dispute", dispute: "d1", status: "opened", sale: "s1" });
  await drain(stage);
});
afterAll(async () => {
  await owner.destroy();
  await stage.close();
});

/** What each check is there to find: a way of spoiling the books that it, at least, must tell. */
const spoils: Record<string, ReturnType<typeof sql>> = {
  "entry-unbalanced.sql": sql`update posting set amount = amount + 1 where account = 'stripe' and entry_id = (select id from entry where kind = 'sale')`,
  "books-unbalanced.sql": sql`delete from posting where account like 'tax:%'`,
  "clearing-open.sql": sql`update posting set amount = amount - 1 where account like 'clearing/%' and entry_id = (select id from entry where kind = 'split')`,
  "sale-not-in-books.sql": sql`update sale set state = 'open'`,
  "sale-total.sql": sql`update sale set total = total + 1`,
  "split-not-in-books.sql": sql`update split_part set amount = amount + 1 where stage = 'shares' and position = 3`,
  "fee-parts.sql": sql`update sale_line set fee_part = fee_part + 1 where position = 1`,
  "transfer-not-in-books.sql": sql`update transfer set amount = amount + 1`,
  "transfer-parts.sql": sql`update transfer_part set amount = amount - 1`,
  "sent-more-than-owed.sql": sql`update transfer_part set amount = amount + 1`,
  "member-in-debt.sql": sql`update posting set amount = amount + 5000 where account like 'member:%' and entry_id = (select id from entry where kind = 'split')`,
  "right-without-payment.sql": sql`update download_right set copies = 2`,
  "counter-differs.sql": sql`update share_counter set cents = cents + 1 where stage = 3`,
  "rule-not-in-force.sql": sql`update rule set in_force_from = in_force_from + interval '10 years'`,
  "balance-differs.sql": sql`update account_balance_slot set balance = balance + 1 where account like 'member:%'`,
  "pool-over-expenses.sql": sql`update expense set amount = 99`,
  "taken-more-than-given.sql": sql`update taken_part set amount = amount + 5000`,
  "refund-not-in-books.sql": sql`update refund set amount = amount + 1`,
  "reversal-not-in-books.sql": sql`update reversal set amount = amount + 1`,
  "dispute-not-in-books.sql": sql`update dispute set state = 'lost'`,
  "ristourne-not-in-books.sql": sql`insert into ristourne select gen_random_uuid(), id, 2025, 1000, 0, 10000, 'reckoned', null, now() from coop limit 1`,
  "outside-payment-not-in-books.sql": sql`insert into outside_payment select gen_random_uuid(), id, 5, '2026-03-02', 'chèque 7', null, now() from member limit 1`,
  "write-off-not-in-books.sql": sql`insert into write_off select gen_random_uuid(), coop_id, id, 5, 'parti', null, now() from member limit 1`,
  "unclaimed-not-in-books.sql": sql`insert into unclaimed_amount select gen_random_uuid(), id, 5, '2026-03-02', null, now() from member limit 1`,
  "remittance-not-in-books.sql": sql`insert into remittance (id, member_id, amount, authority, paid_on, reference, recorded_at)
    select gen_random_uuid(), id, 5, 'Revenu Québec', '2026-03-02', 'R-1', now() from member limit 1`,
  "carried-differs.sql": sql`insert into account_carried (until, account, debit, credit, postings)
    select '2000-01-01T00:00:00Z', 'stripe', 1, 0, 1`,
  "settled-parts.sql": sql`with paid as (insert into outside_payment select gen_random_uuid(), id, 5, '2026-03-02', 'chèque 7', null, now() from member limit 1 returning id)
    insert into settled_part select paid.id, null, sale_id, account, 6 from transfer_part, paid limit 1`,
  "right-after-refund.sql": sql`update download_right set ended_at = granted_at`,
};

test("every check is here, and finds nothing where nothing was spoilt", async () => {
  const folder = new URL("../../db/checks/", import.meta.url);
  const checks = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  expect(checks.filter((name) => !(name in spoils))).toEqual([]);
  expect(await brokenChecks(stage.db)).toEqual([]);
});

class Undo extends Error {}

test.for(Object.entries(spoils))("%s tells of its spoiling", async ([name, spoil]) => {
  const spoilt = owner.transaction().execute(async (trx) => {
    await silent.execute(trx);
    await spoil.execute(trx);
    expect((await brokenChecks(trx)).map((each) => each.check)).toContain(name);
    throw new Undo();
  });
  await expect(spoilt).rejects.toThrow(Undo);
});
