import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathTo } from "#i18n/paths.ts";
import { openPermissions, type Permissions, type Visitor } from "./permissions-house.ts";

// What the doors ask of who is let in already: a passkey before money, and to show anew who one is.
let house: Permissions;
beforeAll(async () => {
  house = await openPermissions();
  const { stage } = house;
  stage.house.settings = { ...stage.house.settings, passkeyRequired: true };
});
afterAll(() => house?.close());

const personOf = async (visitor: Visitor) =>
  (
    await house.stage.db
      .selectFrom("person")
      .select("id")
      .where("email", "=", house.emailOf(visitor))
      .executeTakeFirstOrThrow()
  ).id;
const refund = () => pathTo("officeRefund", "fr", { id: house.sale.a });
const payee = () => pathTo("officePayee", "fr", { id: house.member("ana") });

describe("who keeps the money and came by link", () => {
  it("reads the office, and is led to making a passkey before anything is done there", async () => {
    for (const visitor of ["treasurerA", "adminA"] as const) {
      for (const page of ["/bureau?coop=a", "/bureau/livres?coop=a", "/bureau/registre?coop=a"])
        expect((await house.ask(visitor, page)).status, page).toBe(200);
      const shown = await house.ask(visitor, refund());
      expect(shown.to).toBe(pathTo("accountPasskeys", "fr", {}, { vers: refund() }));
      const before = await house.fingerprint();
      const form = { act: "writeOff", reason: "Essai" };
      expect((await house.ask(visitor, payee(), { form })).to).toContain("/compte/cles-d-acces?vers=");
      expect(await house.fingerprint()).toEqual(before);
    }
  });

  it("is not asked at the desk; nor are a curator, an artist and a reader anywhere", async () => {
    expect((await house.ask("adminA", "/comptoir")).status).toBe(200);
    expect((await house.ask("curatorA", "/comptoir")).status).toBe(200);
    const form = { act: "threshold", memberId: house.member("ana"), threshold: "10" };
    expect((await house.ask("ana", "/atelier/versements", { form })).to).toContain("/atelier/versements");
    expect((await house.ask("reader", "/bibliotheque")).status).toBe(200);
  });

  it("is asked for the key that they have, and let through once it was shown", async () => {
    const { db, clock } = house.stage;
    const personId = await personOf("treasurerA");
    await db
      .insertInto("passkey")
      .values({
        id: personId,
        person_id: personId,
        credential_id: "clef",
        public_key: Buffer.from("clef"),
        counter: 0,
        name: "Téléphone",
        synced: false,
        created_at: clock.now(),
      })
      .execute();
    expect((await house.ask("treasurerA", refund())).to).toContain("/compte/confirmer?vers=");
    await db.updateTable("session").set({ proof: "passkey" }).where("person_id", "=", personId).execute();
    expect((await house.ask("treasurerA", refund())).status).toBe(200);
  });
});

describe("who signed in eleven minutes ago", () => {
  it("shows anew who they are before ways in, addresses, accounts or rules change; nothing is written before", async () => {
    house.stage.clock.advance(11 * 60_000);
    const { db } = house.stage;
    // Seen now, so that being seen is not what is written.
    await db.updateTable("session").set({ seen_at: house.stage.clock.now(), proof: "passkey" }).execute();
    const before = await house.fingerprint();
    const nothing = "00000000-0000-7000-8000-000000000000";
    const forms: [Visitor, string, Record<string, string>][] = [
      ["ana", "/compte/courriel", { act: "mail", email: "neuve@exemple.org" }],
      ["ana", "/compte/cles-d-acces", { id: nothing, name: "x" }],
      ["ana", "/compte/mes-renseignements", { sure: "on" }],
      ["ana", "/bibliotheque/appareils", { act: "revoke", id: nothing, name: "x" }],
      ["ana", "/atelier/versements", { act: "threshold", memberId: house.member("ana"), threshold: "10" }],
      ["adminA", `/bureau/regles/${house.rule.a}?coop=a`, { intent: "withdraw" }],
      ["adminA", "/bureau/regles/proposer?coop=a", { intent: "propose", fee: "all", from: "2026-12-01" }],
      ["adminA", "/bureau/a-deux?coop=a", { above: "1,00" }],
      ["adminA", "/bureau/membres?coop=a", { act: "recover", person: nothing }],
    ];
    for (const [visitor, page, form] of forms) {
      const { status, to } = await house.ask(visitor, page, { form });
      expect([status, to?.split("?")[0]], page).toEqual([303, "/compte/confirmer"]);
    }
    const key = await house.ask("ana", pathTo("passkeys", "fr"), { json: { call: "askNew" } });
    expect(key.status).toBe(403);
    expect(await house.fingerprint()).toEqual(before);
    // What was written of a rule comes along.
    const rule = await house.ask("adminA", "/bureau/regles/proposer?coop=a", {
      form: { intent: "propose", fee: "all", from: "2026-12-01" },
    });
    expect(decodeURIComponent(rule.to ?? "")).toContain("from=2026-12-01");
  });

  it("is asked for nothing to end a session", async () => {
    const ended = await house.ask("ana", "/compte/connexions", { form: { act: "endOthers" } });
    expect(ended.to).toBe("/compte/connexions?fermees=0");
  });
});

it("gives each account six copies of what is kept in ten minutes, and says so calmly", async () => {
  const take = () => house.ask("benoit", pathTo("accountExport", "fr"));
  for (let i = 0; i < 6; i += 1) expect((await take()).status).toBe(200);
  const refused = await take();
  expect(refused.status).toBe(429);
  expect(refused.text).toContain("Attendez quelques minutes");
  expect((await house.ask("dan", pathTo("accountExport", "fr"))).headers.get("content-type")).toBe(
    "application/zip",
  );
});
