import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeApplicationRole } from "#db/connection.ts";
import { post } from "#domain/ledger/post.server.ts";
import { setClock } from "#gateways/clock.ts";
import { brokenChecks, freshDatabase, type ScratchDatabase } from "#tests/database.ts";

const house = { clock: setClock("2026-03-02T10:00:00-05:00") };
const ana = `member:${v7()}`;
const login = `intruder_${process.pid}`;

let scratch: ScratchDatabase;
/** Each by a connection of their own, with nothing of ours in between: the owner, the owner in the application's role, a login of that role. */
const clients: Record<"owner" | "role" | "login", pg.Client> = {} as never;
let before: string;

beforeAll(async () => {
  scratch = await freshDatabase();
  const postings = [
    { account: "stripe", amount: -700 },
    { account: ana, amount: 700 },
  ];
  await scratch.db.transaction().execute((trx) => post(trx, house, { key: "k1", kind: "payout", postings }));
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };
  clients.owner = await connect(scratch.url);
  clients.role = await connect(scratch.url);
  expect(await takeApplicationRole(clients.role)).toBe(true);
  await clients.owner.query(`create role ${login} login in role ventes_app`);
  clients.login = await connect(scratch.url.replace("postgres://postgres@", `postgres://${login}@`));
  before = await books();
});
afterAll(async () => {
  await clients.role.end();
  await clients.login.end();
  await clients.owner.query(`drop role ${login}`);
  await clients.owner.end();
  await scratch.close();
});

/** Everything that the ledger holds, as text. */
async function books(): Promise<string> {
  const tables = ["entry", "posting", "account_balance_slot"].map(
    (table) => `select to_jsonb(${table}) from ${table}`,
  );
  const { rows } = await clients.owner.query(`${tables.join(" union all ")} order by 1`);
  return JSON.stringify(rows);
}

const id = "'0199d5a2-0000-7000-8000-000000000001'";
const entry = `insert into entry (id, key, kind, currency, contents_hash, posted_at)
  values (${id}, 'k2', 'payout', 'cad', '', now())`;
const call = (key: string, accounts: string, amounts: string, currency = "cad") =>
  `select post_entry(gen_random_uuid(), '${key}', 'payout', null, null, '${currency}', now(), array[${accounts}]::text[], array[${amounts}]::bigint[])`;

/** What is tried beside the door, and how the database says no to the application's role. */
const beside: Record<string, [attack: string, no: RegExp]> = {
  "an entry without a posting": [entry, /permission denied for table entry/],
  "a balanced entry": [
    `${entry}; insert into posting values (${id}, 'stripe', -1), (${id}, 'bank', 1)`,
    /permission denied/,
  ],
  "a late posting": [
    "insert into posting select id, 'bank', 1 from entry where key = 'k1'",
    /permission denied for table posting/,
  ],
  "a balance": ["insert into account_balance_slot values ('member:x', -5000)", /permission denied/],
  "a balance changed": ["update account_balance_slot set balance = -5000", /permission denied/],
  "a posting changed": ["update posting set amount = amount * 2", /permission denied/],
  "an entry changed": ["update entry set kind = 'sale'", /permission denied/],
  "a posting removed": ["delete from posting", /permission denied/],
  "an entry removed": ["delete from entry", /permission denied/],
  "all emptied": ["truncate entry, posting, account_balance_slot cascade", /permission denied/],
  "a trigger put to sleep": [
    "alter table entry disable trigger entry_by_the_door",
    /must be owner of table entry/,
  ],
  "all triggers put to sleep": ["alter table posting disable trigger all", /must be owner of table posting/],
  "a trigger dropped": ["drop trigger entry_no_change on entry", /must be owner/],
  "a table dropped": ["drop table posting", /must be owner/],
  "the door replaced": [
    `create or replace function public.post_entry(uuid, text, text, uuid, text, text, timestamptz, text[], bigint[])
      returns boolean language sql as 'select true'`,
    /permission denied for schema public/,
  ],
  "the door dropped": ["drop function post_entry", /must be owner/],
  "the guards of the session put to sleep": [
    "set session_replication_role = replica",
    /permission denied to set parameter/,
  ],
  "a right given to oneself": [
    `grant insert on entry to ventes_app; ${entry}`,
    /permission denied for table entry/,
  ],
};

/** What is asked of the door itself. */
const through: Record<string, [attack: string, no: RegExp]> = {
  "no posting": [call("k3", "", ""), /does not balance/],
  "one posting": [call("k3", "'bank'", "5"), /does not balance/],
  "two postings that do not balance": [call("k3", "'bank','stripe'", "5,-4"), /does not balance/],
  "two on one account": [call("k3", "'bank','bank'", "5,-5"), /does not balance/],
  "an account without an amount": [call("k3", "'bank','stripe'", "5"), /without the other/],
  "an amount that is null": [call("k3", "'bank','stripe'", "5,null"), /without the other/],
  "another currency, which would balance the first": [
    call("k3", "'bank','stripe'", "5,-5", "eur"),
    /one currency/,
  ],
  "a known key with other contents": [call("k1", "'bank','stripe'", "5,-5"), /posted with other contents/],
  "a good one and then a posting more": [
    `${call("k3", "'bank','stripe'", "5,-5")}; insert into posting select id, 'bank', 1 from entry where key = 'k3'`,
    /permission denied|by post_entries alone/,
  ],
  "one whose balance is checked against a table of one's own": [
    `create temp table posting (entry_id uuid, account text, amount bigint); ${call("k3", "'bank'", "5")}`,
    /does not balance/,
  ],
};

async function attack(client: pg.Client, text: string, no: RegExp): Promise<void> {
  const told = await client.query(`begin; ${text}; commit`).catch((error: Error) => error.message);
  await client.query("rollback");
  expect(told).toMatch(no);
  expect(await books()).toBe(before);
}

describe.each(["role", "login"] as const)("by a second connection (%s) of the application", (who) => {
  test.each(Object.entries({ ...beside, ...through }))("%s", async (_, [text, no]) => {
    await attack(clients[who], text, no);
  });

  test("the same entry again changes nothing", async () => {
    const again = call("k1", `'${ana}','stripe'`, "700,-700");
    expect((await clients[who].query(again)).rows).toEqual([{ post_entry: false }]);
    expect(await books()).toBe(before);
  });
});

describe("by the owner of the tables, whom only triggers hold", () => {
  const refused = /by post_entries alone|append-only|comes with its entry/;
  test.each(Object.entries(beside).filter(([, [text]]) => /^(insert|update|delete|truncate)/.test(text)))(
    "%s",
    async (_, [text]) => {
      await attack(clients.owner, text, refused);
    },
  );

  test.each(Object.entries(through))("through the door: %s", async (_, [text, no]) => {
    await attack(clients.owner, text, no);
  });

  test("a function that has the door's name and is not the door", async () => {
    await attack(
      clients.owner,
      `create schema beside; create function beside.post_entry(uuid, text, text, uuid, text, text, timestamptz, text[], bigint[])
        returns void language plpgsql as $f$ begin ${entry}; end $f$;
        select beside.post_entry(null, null, null, null, null, null, null, null, null)`,
      refused,
    );
  });

  // What the guard of the door would stop first is still stopped by those behind it.
  test.each([
    ["an entry alone", entry, /does not balance/],
    ["one leg", `${entry}; insert into posting values (${id}, 'stripe', -1)`, /does not balance/],
    [
      "a late posting",
      "insert into posting select id, 'bank', 1 from entry where key = 'k1'",
      /comes with its entry/,
    ],
  ] as const)("with the door's guard gone: %s", async (_, text, no) => {
    await attack(
      clients.owner,
      `drop trigger entry_by_the_door on entry; drop trigger posting_by_the_door on posting; ${text}`,
      no,
    );
  });
});

test("after all of it the books are in order, but for the transfer that this test posted by hand", async () => {
  expect((await brokenChecks(scratch.db)).map(({ check }) => check)).toEqual(["member-in-debt.sql"]);
});
