import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { House } from "#domain/house.ts";
import { createDevice } from "#domain/library/create-device.server.ts";
import { askMailChange, findMailChange } from "#domain/people/ask-mail-change.server.ts";
import { changeMail } from "#domain/people/change-mail.server.ts";
import { endSessions } from "#domain/people/end-session.server.ts";
import { openSession } from "#domain/people/open-session.server.ts";
import { findViewer } from "#domain/people/queries.server.ts";
import { listSessions } from "#domain/people/session-queries.server.ts";
import { erasePerson } from "#domain/privacy/erase-person.server.ts";
import { listIncidents } from "#domain/privacy/incident-queries.server.ts";
import { ownRecords } from "#domain/privacy/own-records-queries.server.ts";
import { closeIncident, type Incident, recordIncident } from "#domain/privacy/record-incident.server.ts";
import { brokenChecks } from "#tests/database.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
afterAll(() => stage.close());

async function person(email: string): Promise<string> {
  const id = v7();
  await stage.db
    .insertInto("person")
    .values({ id, email, name: "Lise", created_at: stage.clock.now() })
    .execute();
  return id;
}
const session = (personId: string) =>
  stage.db
    .transaction()
    .execute((trx) => openSession(trx, stage.house, { personId, proof: "link", userAgent: "x", ends: null }));
const holding = async (word: string): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' or (schemaname = 'pgboss' and tablename = 'job')`.execute(stage.db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } =
      await sql`select from ${sql.raw(name)} t where t::text ilike ${`%${word}%`} limit 1`.execute(stage.db);
    if (rows.length > 0) found.push(name);
  }
  return found;
};

describe("what is kept of somebody", () => {
  it("is given whole: what they bought, where they are signed in, their devices; never a secret, nor another's", async () => {
    const email = "lise@prive.example";
    const id = await person(email);
    await sell(stage, ["L1"], { email, personId: id });
    await sell(stage, ["M1"], { email: "paul@prive.example" });
    const token = await session(id);
    const house = {
      ...stage.house,
      settings: { sessionSecret: "a secret for tests that is long enough" } as House["settings"],
    };
    await createDevice(stage.db, house, { id: v7(), personId: id, kind: "player", name: "Téléphone" });
    const records = await ownRecords(stage.db, { personId: id, email });
    const tables = Object.fromEntries(records.map(({ table, rows }) => [table, rows]));
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining(["device", "download_right", "person", "sale", "sale_line", "session"]),
    );
    expect(tables.sale).toHaveLength(1);
    expect(tables.sale?.[0]).toMatchObject({ email, total: 1500 });
    expect(tables.device?.[0]).toMatchObject({ name: "Téléphone" });
    const text = JSON.stringify(records);
    expect(text).not.toContain("paul@");
    expect(text).not.toContain("token_hash");
    expect(text).not.toContain("secret_sealed");
    expect(text).not.toContain(token);
  });

  it("holds an artist's works, shares and postings", async () => {
    const ana = stage.members.get("ana")!;
    const { email } = await stage.db
      .selectFrom("person")
      .select("email")
      .where("id", "=", ana.personId)
      .executeTakeFirstOrThrow();
    const tables = (await ownRecords(stage.db, { personId: ana.personId, email })).map(({ table }) => table);
    expect(tables).toEqual(expect.arrayContaining(["member", "payout_account", "posting", "share", "work"]));
  });
});

describe("erasure", () => {
  it("leaves no word of the person in any table, and the books as they were", async () => {
    const email = "oubliee@prive.example";
    const id = await person(email);
    const saleId = await sell(stage, ["L1"], { email, personId: id });
    await session(id);
    const before =
      await sql`select md5(string_agg(e::text || p::text, '|' order by e.number, p.account)) as books
      from entry e join posting p on p.entry_id = e.id`.execute(stage.db);
    expect((await holding(email)).length).toBeGreaterThan(2);
    await erasePerson(stage.db, stage.house, id);
    await erasePerson(stage.db, stage.house, id);
    expect(await holding(email)).toEqual([]);
    const after =
      await sql`select md5(string_agg(e::text || p::text, '|' order by e.number, p.account)) as books
      from entry e join posting p on p.entry_id = e.id`.execute(stage.db);
    expect(after.rows).toEqual(before.rows);
    expect(await brokenChecks(stage.db)).toEqual([]);
    const sale = await stage.db
      .selectFrom("sale")
      .select(["email", "total"])
      .where("id", "=", saleId)
      .executeTakeFirstOrThrow();
    expect(sale).toEqual({ email: `efface-${id}@efface.invalid`, total: 1500 });
    expect(await listSessions(stage.db, stage.house, id)).toEqual([]);
    const row = await stage.db
      .selectFrom("person")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ name: null, erased_at: stage.clock.now() });
  });

  it("is refused while a role is held, money is owed, a work is for sale or a sale is under way", async () => {
    const refused = (id: string) => erasePerson(stage.db, stage.house, id);
    await expect(refused(who.treasurerA)).rejects.toMatchObject({ code: "erasure_role" });
    const ana = stage.members.get("ana")!;
    // What was sent leaves nothing owed: her works are still on the shelves.
    await expect(refused(ana.personId)).rejects.toMatchObject({
      code: expect.stringMatching(/^erasure_(works|owed)$/),
    });
    const held = await person("due@prive.example");
    const memberId = v7();
    await stage.db
      .insertInto("member")
      .values({
        id: memberId,
        coop_id: stage.coops.get("A")!,
        person_id: held,
        slug: "due",
        name: "Due",
        joined_at: stage.clock.now(),
      })
      .execute();
    const { post } = await import("#domain/ledger/post.server.ts");
    const owe = (key: string, amount: number) =>
      stage.db.transaction().execute((trx) =>
        post(trx, stage.house, {
          key,
          kind: "write_off",
          postings: [
            { account: `fund:${stage.coops.get("A")!}:operating` as never, amount: -amount },
            { account: `member:${memberId}` as never, amount },
          ],
        }),
      );
    await owe("essai:1", 100);
    await expect(refused(held)).rejects.toMatchObject({ code: "erasure_owed" });
    const buyer = await person("achat@prive.example");
    const saleId = await sell(stage, ["L2"], { email: "achat@prive.example", personId: buyer });
    await stage.db.updateTable("sale").set({ split_at: null }).where("id", "=", saleId).execute();
    await expect(refused(buyer)).rejects.toMatchObject({ code: "erasure_sale" });
  });
});

describe("an address", () => {
  it("is changed by who opens the letter, signed in as the same person; the old one is told", async () => {
    const id = await person("ancienne@prive.example");
    const right = await sell(stage, ["L1"], { email: "nouvelle@prive.example" });
    const token = await session(id);
    const viewer = (await findViewer(stage.db, stage.house, token))!;
    let key = "";
    const ask = (email: string) =>
      askMailChange(stage.db, stage.house, viewer, {
        email,
        locale: "fr",
        linkOf: (made) => {
          key = made;
          return `https://x.example/${made}`;
        },
      });
    await expect(ask("Ancienne@prive.example")).rejects.toMatchObject({ code: "mail_same" });
    await ask("nouvelle@prive.example");
    const use = (personId: string) =>
      changeMail(stage.db, stage.house, { token: key, personId, locale: "fr" });
    expect(await findMailChange(stage.db, stage.house, { token: key, personId: who.adminA })).toBeNull();
    await expect(use(who.adminA)).rejects.toMatchObject({ code: "link_used" });
    await use(id);
    await expect(use(id)).rejects.toMatchObject({ code: "link_used" });
    expect((await findViewer(stage.db, stage.house, token))?.email).toBe("nouvelle@prive.example");
    const { person_id: owner } = await stage.db
      .selectFrom("sale")
      .select("person_id")
      .where("id", "=", right)
      .executeTakeFirstOrThrow();
    expect(owner).toBe(id);
    const { rows } = await sql<{ email: string }>`select data ->> 'email' as email from pgboss.job
      where name = 'send-mail-change' order by created_on`.execute(stage.db);
    expect(rows.map(({ email }) => email)).toEqual(["nouvelle@prive.example", "ancienne@prive.example"]);
    await ask("a@staff.coop");
    await expect(use(id)).rejects.toMatchObject({ code: "mail_taken" });
    for (let i = 0; i < 3; i += 1) await ask(`autre-${i}@prive.example`);
    await expect(ask("encore@prive.example")).rejects.toMatchObject({ code: "too_many_requests" });
  });
});

describe("sessions", () => {
  it("are seen and ended one by one or all but one's own; never another person's", async () => {
    const id = await person("sessions@prive.example");
    const [first, second, third] = [await session(id), await session(id), await session(id)];
    const mine = await findViewer(stage.db, stage.house, third);
    const other = await findViewer(stage.db, stage.house, first);
    const end = (which: Parameters<typeof endSessions>[2]["which"], personId = id) =>
      endSessions(stage.db, stage.house, { personId, which });
    expect(await end({ id: other!.session.id }, who.adminA)).toBe(0);
    expect(await end({ id: other!.session.id })).toBe(1);
    expect(await findViewer(stage.db, stage.house, first)).toBeNull();
    expect(await end({ allBut: mine!.session.id })).toBe(1);
    expect(await findViewer(stage.db, stage.house, second)).toBeNull();
    expect((await listSessions(stage.db, stage.house, id)).map((each) => each.id)).toEqual([
      mine!.session.id,
    ]);
  });

  it("of staff end after twelve hours without a visit, of others not", async () => {
    const reader = await session(await person("lectrice@prive.example"));
    const staff = await session(who.adminA);
    stage.clock.advance(11 * 3_600_000);
    expect(await findViewer(stage.db, stage.house, staff)).not.toBeNull();
    stage.clock.advance(11 * 3_600_000);
    expect(await findViewer(stage.db, stage.house, staff)).not.toBeNull();
    stage.clock.advance(12 * 3_600_000 + 1);
    expect(await findViewer(stage.db, stage.house, staff)).toBeNull();
    expect(await findViewer(stage.db, stage.house, reader)).not.toBeNull();
  });
});

describe("the register of incidents", () => {
  it("is kept by a co-op's administrators alone; a serious one closes once all were told", async () => {
    const coopId = stage.coops.get("A")!;
    const incident: Incident = {
      id: v7(),
      happenedOn: "2026-03-01",
      noticedOn: "2026-03-02",
      what: "Un portable volé",
      about: "Adresses d’acheteurs",
      people: null,
      harm: "serious",
      harmReason: "Disque non chiffré",
      measures: "Connexions fermées",
    };
    const record = (by: string) => recordIncident(stage.db, stage.house, { coopId, by, incident });
    for (const by of [who.treasurerA, who.adminB])
      await expect(record(by)).rejects.toMatchObject({ code: "not_found" });
    await record(who.adminA);
    await record(who.adminA);
    const list = (personId: string) => listIncidents(stage.db, { personId, coopId });
    expect(await list(who.treasurerA)).toEqual([]);
    expect(await list(who.adminA)).toMatchObject([
      { ...incident, recordedBy: "aa@staff.coop", closedAt: null },
    ]);
    const close = (authorityOn: string | null, peopleOn: string | null) =>
      closeIncident(stage.db, stage.house, {
        coopId,
        by: who.adminA,
        id: incident.id,
        authorityOn,
        peopleOn,
      });
    await expect(close("2026-03-03", null)).rejects.toMatchObject({ code: "incident_not_told" });
    await close("2026-03-03", "2026-03-04");
    expect(await list(who.adminA)).toMatchObject([
      { authorityToldOn: "2026-03-03", peopleToldOn: "2026-03-04", closedAt: expect.any(Date) },
    ]);
  });
});
