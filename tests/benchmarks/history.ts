import type pg from "pg";

// Years of past sales, written by SQL as the owner of the tables with the triggers asleep: what the house would hold had it made each of
// them itself. Prices are such that every split is exact without rounding, so that counters, parts and books agree to the cent.

/** What each past sale was: one book at 14.26, 0.71 of tax, 0.76 of fee; the 13.50 left are 1.35, 0.27 and 1.98, 3.96, 5.94. */
const sold = {
  line: 1426,
  tax: 71,
  fee: 76,
  base: 1350,
  operating: 135,
  solidarity: 27,
  shares: 1188,
  part: 198,
};
/** Ten thousand sales in thirty days, whatever came before; a million in eight years. */
const secondsApart = 259.2;
/** So many sales for each work and each member, however many there are: a house that grows has more of both. */
const salesAWork = 100;
const atOnce = 100_000;

/** The nth id of a kind, as SQL: sorted as those of version 7 are, older than any made today. */
const id = (kind: number) => (n: string) =>
  `('${prefix(kind)}' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;
const prefix = (kind: number) => `0190a000-0000-7000-8${String(kind).padStart(3, "0")}-`;
const person = id(1);
const member = id(2);
const work = id(3);
const list = id(4);
const sale = id(5);
const line = id(6);
const entry = id(7);
const transfer = id(8);
const account = id(9);

const plain = (kind: number, n: number) => prefix(kind) + n.toString(16).padStart(12, "0");
export const pastPerson = (n: number): string => plain(1, n);
export const pastMember = (n: number): string => plain(2, n);
export const pastWork = (n: number): string => plain(3, n);

/** How many works, and as many members, so many sales are made of. */
const worksOf = (sales: number): number => sales / salesAWork;

/**
 * Writes so many sales before `until` into an empty house with one co-op: paid, split, sent (each member in one release), with their
 * events, letters and movements at Stripe. Every hundredth is of the first work, whose three members alone earn more as the house grows;
 * each other work is sold a hundred times. Work w is of members w, w + 1 and w + 2, in parts of 1, 2 and 3.
 */
export async function writeHistory(
  owner: pg.Client,
  {
    sales,
    until,
    coopId,
    tell,
  }: { sales: number; until: Date; coopId: string; tell: (what: string) => void },
): Promise<void> {
  const works = worksOf(sales);
  const coop = `'${coopId}'::uuid`;
  const rule = `(select id from rule where coop_id = ${coop})`;
  const since = `(select in_force_from from rule where coop_id = ${coop})`;
  const soldWork = `case when n % 100 = 0 then 1 else 2 + (n::bigint * 7919) % ${works - 1} end`;
  const nth = (w: string, k: number) => `1 + (${w} + ${k} - 2) % ${works}`;
  const memberAccount = (w: string, k: number) => `'member:' || ${member(nth(w, k))}`;
  const paidAt = `'${until.toISOString()}'::timestamptz - (${sales} - n + 1) * interval '${secondsApart} seconds'`;
  const paid = sold.line + sold.tax;
  // Before the end of a month that is over.
  const sent = `'${until.toISOString()}'::timestamptz - interval '3 days'`;
  const write = async (what: string, text: string) => {
    tell(what);
    await owner.query(text);
  };
  const forEachWork = (what: string, select: string) =>
    write(what, `insert into ${what} ${select} from generate_series(1, ${works}) as n`);
  await owner.query(
    "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'",
  );

  await forEachWork(
    "person (id, email, name, created_at)",
    `select ${person("n")}, 'membre-' || n || '@exemple.coop', 'Membre ' || n, ${since}`,
  );
  await forEachWork(
    "member (id, coop_id, person_id, slug, name, joined_at)",
    `select ${member("n")}, ${coop}, ${person("n")}, 'membre-' || n, 'Membre ' || n, ${since}`,
  );
  await forEachWork(
    "payout_account (id, member_id, stripe_account, state, state_at, looked_at, bank_looked_at, created_at)",
    `select ${account("n")}, ${member("n")}, 'acct_' || n, 'active', ${since}, now(), now(), ${since}`,
  );
  await forEachWork(
    "work (id, coop_id, member_id, slug, kind, title, price, state, state_at, published_at, created_at, updated_at)",
    `select ${work("n")}, ${coop}, ${member("n")}, 'titre-' || n, 'book', 'Titre ' || lpad(n::text, 6, '0'), 1500, 'published', ${since}, ${since}, ${since}, ${since}`,
  );
  await forEachWork(
    "share_list (id, work_id, in_force_from, created_at)",
    `select ${list("n")}, ${work("n")}, ${since}, ${since}`,
  );
  for (const k of [1, 2, 3]) {
    await forEachWork(
      "share (share_list_id, member_id, parts, position, accepted_at)",
      `select ${list("n")}, ${member(nth("n", k))}, ${k}, ${k}, ${since}`,
    );
  }

  for (let from = 1; from <= sales; from += atOnce) {
    const to = Math.min(sales, from + atOnce - 1);
    const done = `, ${to} of ${sales}`;
    const one = `from (select n, ${soldWork} as w, ${paidAt} as at from generate_series(${from}, ${to}) as n) as each`;
    await write(
      `sales${done}`,
      `insert into sale (id, state, email, locale, place, currency, total, idempotency_key, stripe_session, stripe_payment, stripe_charge,
        fee, settled, opened_at, expires_at, paid_at, fee_known_at, split_at)
      select ${sale("n")}, 'paid', 'lecteur-' || n / 5 || '@exemple.org', 'fr', 'CA-QC', 'cad', ${paid}, 'checkout:' || n, 'cs_' || n, 'pi_' || n,
        'ch_' || n, ${sold.fee}, ${paid}, at - interval '2 minutes', at + interval '29 minutes', at, at, at ${one} order by n`,
    );
    await write(
      `lines${done}`,
      `insert into sale_line (id, sale_id, position, work_id, coop_id, rule_id, share_list_id, title, quantity, unit_price, amount, fee_part)
      select ${line("n")}, ${sale("n")}, 1, ${work("w")}, ${coop}, ${rule}, ${list("w")}, 'Titre ' || lpad(w::text, 6, '0'), 1, ${sold.line}, ${sold.line}, ${sold.fee} ${one};
      insert into sale_line_tax (sale_line_id, code, percent, amount, position) select ${line("n")}, 'tps', 5, ${sold.tax}, 1 ${one};
      insert into download_right (id, sale_line_id, work_id, email, copies, granted_at)
      select ${line("n")}, ${line("n")}, ${work("w")}, 'lecteur-' || n / 5 || '@exemple.org', 1, at ${one}`,
    );
    await write(
      `parts${done}`,
      `insert into split_part (sale_line_id, position, stage, account, amount)
      select ${line("n")}, p.position, p.stage, p.account, p.amount ${one} cross join lateral (values
        (1, 'percent', 'coop:${coopId}:operating', ${sold.operating}), (2, 'percent', 'coop:${coopId}:solidarity', ${sold.solidarity}),
        ${[1, 2, 3].map((k) => `(${k + 2}, 'shares', ${memberAccount("w", k)}, ${k * sold.part})`).join(", ")}
      ) as p (position, stage, account, amount)`,
    );
    await write(
      `entries${done}`,
      `insert into entry (id, key, kind, sale_id, stripe_object, currency, contents_hash, posted_at)
      select ${entry("2 * n + half")}, case half when 0 then 'sale:' else 'split:' end || ${sale("n")}, case half when 0 then 'sale' else 'split' end,
        ${sale("n")}, 'ch_' || n, 'cad', '\\x00', at ${one} cross join (values (0), (1)) as both_halves (half) order by n, half`,
    );
    await write(
      `postings${done}`,
      `insert into posting (entry_id, account, amount)
      select ${entry("2 * n + p.half")}, p.account, p.amount ${one} cross join lateral (values
        (0, 'stripe', ${paid}), (0, 'tax:tps', ${-sold.tax}), (0, 'clearing/' || ${sale("n")}, ${-sold.line}),
        (1, 'clearing/' || ${sale("n")}, ${sold.line}), (1, 'stripe', ${-sold.fee}),
        (1, 'coop:${coopId}:operating', ${-sold.operating}), (1, 'coop:${coopId}:solidarity', ${-sold.solidarity}),
        ${[1, 2, 3].map((k) => `(1, ${memberAccount("w", k)}, ${-k * sold.part})`).join(", ")}
      ) as p (half, account, amount)`,
    );
    await write(
      `what else is kept of a sale${done}`,
      `insert into mail_sent (key, recipient, sent_at) select 'receipt:' || ${sale("n")}, 'lecteur-' || n / 5 || '@exemple.org', at ${one};
      insert into stripe_event (id, type, object_id, payload, received_at, applied_at)
      select 'evt_' || n, 'checkout.session.completed', 'cs_' || n, '{"id":"evt"}', at, at ${one};
      insert into balance_transaction (id, type, category, source, amount, fee, net, currency, created_at, available_at, before_books,
        entry_kind, entry_object, entry_id, explained_at, seen_at)
      select 'txn_' || n, 'charge', 'charge', 'ch_' || n, ${paid}, ${sold.fee}, ${paid - sold.fee}, 'cad', at, at, false,
        'split', 'ch_' || n, ${entry("2 * n + 1")}, at, at ${one}`,
    );
  }

  const owed = `(select account, sum(amount)::integer as amount, min(account) as destination, row_number() over (order by account) as r
    from split_part where account like 'member:%' group by account)`;
  const ofEntry = entry(`2 * ${sales} + 1 + r`);
  await write(
    "transfers",
    `insert into transfer (id, key, payout_account_id, destination, amount, state, state_at, calls, stripe_transfer, created_at)
    select ${transfer("r")}, 'tr:release:' || ${transfer("r")}, payout_account.id, account, amount, 'sent', ${sent}, 1, 'tr_' || r,
      ${sent} from ${owed} as owed join payout_account on account = 'member:' || member_id;
    insert into transfer_part (transfer_id, sale_id, account, amount, position)
    select transfer.id, line.sale_id, part.account, part.amount, 1
    from split_part as part join sale_line as line on line.id = part.sale_line_id join transfer on transfer.destination = part.account;
    insert into entry (id, key, kind, stripe_object, currency, contents_hash, posted_at)
    select ${ofEntry}, 'transfer:' || ${transfer("r")}, 'transfer', 'tr_' || r, 'cad', '\\x00', ${sent} from ${owed} as owed order by r;
    insert into posting (entry_id, account, amount)
    select ${ofEntry}, p.account, p.amount from ${owed} as owed
      cross join lateral (values (owed.account, owed.amount), ('stripe', -owed.amount)) as p (account, amount);
    insert into balance_transaction (id, type, category, source, amount, fee, net, currency, created_at, available_at, before_books,
      entry_kind, entry_object, entry_id, explained_at, seen_at)
    select 'txn_tr_' || r, 'transfer', 'transfer', 'tr_' || r, -amount, 0, -amount, 'cad', ${sent}, ${sent}, false,
      'transfer', 'tr_' || r, ${ofEntry}, now(), now() from ${owed} as owed`,
  );
  await write(
    "counters and balances",
    `insert into share_counter (work_id, rule_id, stage, share_list_id, cents)
    select work_id, rule_id, stage, case stage when 3 then share_list_id end,
      count(*) * case stage when 1 then ${sold.base} when 2 then 0 else ${sold.shares} end
    from sale_line cross join (values (1), (2), (3)) as of (stage) group by work_id, rule_id, share_list_id, stage;
    insert into account_balance_slot (account, balance) select account, sum(amount) from posting
    where account ~ '^(member|coop|pool|unclaimed):' group by account`,
  );
  await write(
    "the last comparison with Stripe",
    `insert into reconciliation (id, asked_at, started_at, ended_at, seen, explained, difference)
    values (${transfer("0")}, ${sent}, ${sent}, ${sent}, 0, 0, 0)`,
  );
  tell("tidying");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}
