import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { House } from "#domain/house.ts";
import { askNewPasskey, askPasskeySignIn } from "#domain/people/ask-passkey.server.ts";
import { keepPasskey } from "#domain/people/keep-passkey.server.ts";
import { openRecovery } from "#domain/people/open-recovery.server.ts";
import { openSession } from "#domain/people/open-session.server.ts";
import { listPasskeys } from "#domain/people/passkey-queries.server.ts";
import { findViewer } from "#domain/people/queries.server.ts";
import { relyingPartyOf } from "#domain/people/relying-party.ts";
import { removePasskey } from "#domain/people/remove-passkey.server.ts";
import { signInWithPasskey } from "#domain/people/sign-in-with-passkey.server.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";
import { SoftPasskey } from "./soft-passkey.ts";

const site = { origin: "https://ventes.test", rpId: "ventes.test" };
let scratch: ScratchDatabase;
let clock: ReturnType<typeof setClock>;
let house: Pick<House, "clock" | "settings">;

beforeAll(async () => {
  scratch = await freshDatabase();
  clock = setClock("2026-11-22T10:00:00Z");
  house = { clock, settings: { publicUrl: "https://ventes.test" } as House["settings"] };
});
afterAll(() => scratch.close());

async function person(email: string): Promise<string> {
  const id = v7();
  await scratch.db.insertInto("person").values({ id, email, created_at: clock.now() }).execute();
  return id;
}

async function cameByLink(personId: string): Promise<Viewer> {
  const session = await scratch.db
    .transaction()
    .execute((trx) => openSession(trx, house, { personId, proof: "link", userAgent: null, ends: null }));
  return (await findViewer(scratch.db, house, session))!;
}

async function addKey(viewer: Viewer, name = "Téléphone", key = new SoftPasskey(site)): Promise<SoftPasskey> {
  const options = await askNewPasskey(scratch.db, house, viewer);
  await keepPasskey(scratch.db, house, viewer, { name, response: key.register(options) });
  return key;
}

async function come(key: SoftPasskey, browserToken = "b", wrong: Parameters<SoftPasskey["prove"]>[1] = {}) {
  const options = await askPasskeySignIn(scratch.db, house, { browserToken });
  const response = key.prove(options, wrong);
  return signInWithPasskey(scratch.db, house, { response, browserToken, userAgent: null, ends: null });
}

const invalid = { code: "passkey_invalid" };

describe("a passkey", () => {
  it("is made once, is listed, and opens a session that says so", async () => {
    const viewer = await cameByLink(await person("cle@exemple.coop"));
    expect(viewer.session.proof).toBe("link");
    const key = await addKey(viewer);
    expect(await listPasskeys(scratch.db, viewer.id)).toMatchObject([
      { name: "Téléphone", synced: false, usedAt: null },
    ]);
    clock.advance(60_000);
    const { session, personId } = await come(key);
    expect(personId).toBe(viewer.id);
    const came = await findViewer(scratch.db, house, session);
    expect(came).toMatchObject({ passkeys: 1, session: { proof: "passkey", provenAt: clock.now() } });
    expect((await listPasskeys(scratch.db, viewer.id))[0]?.usedAt).toEqual(clock.now());
    const traces = await scratch.db
      .selectFrom("audit")
      .select("verb")
      .where("person_id", "=", viewer.id)
      .execute();
    expect(traces).toEqual([{ verb: "add-passkey" }]);
  });

  it("is asked for as one that is found without a name and opened by its person alone", async () => {
    const viewer = await cameByLink(await person("options@exemple.coop"));
    const options = await askNewPasskey(scratch.db, house, viewer);
    expect(options.rp.id).toBe("ventes.test");
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: "required",
      userVerification: "required",
    });
    expect(
      (await askPasskeySignIn(scratch.db, house, { browserToken: "b" })).allowCredentials,
    ).toBeUndefined();
  });

  it.each([
    ["for another site", { origin: "https://mal.example" }],
    ["made for another name", { rpId: "mal.example" }],
    ["without a finger, face or code", { unverified: true }],
    ["to another question", { challenge: "b3V0cmU" }],
  ])("is not kept when it answers %s, nor signs in", async (what, wrong) => {
    const viewer = await cameByLink(await person(`faux-${what.length}@exemple.coop`));
    const options = await askNewPasskey(scratch.db, house, viewer);
    const key = new SoftPasskey(site);
    const response = key.register(options, wrong);
    await expect(keepPasskey(scratch.db, house, viewer, { name: "x", response })).rejects.toMatchObject(
      invalid,
    );
    expect(await listPasskeys(scratch.db, viewer.id)).toEqual([]);
    const good = await addKey(viewer);
    await expect(come(good, "b", wrong)).rejects.toMatchObject(invalid);
    await come(good);
  });

  it("answers a question once, in the session or browser to which it was put, within five minutes", async () => {
    const [lise, paul] = [
      await cameByLink(await person("l@exemple.coop")),
      await cameByLink(await person("p@exemple.coop")),
    ];
    const asked = await askNewPasskey(scratch.db, house, lise);
    const key = new SoftPasskey(site);
    const response = key.register(asked);
    const keep = (viewer: Viewer) => keepPasskey(scratch.db, house, viewer, { name: "x", response });
    await expect(keep(paul)).rejects.toMatchObject(invalid);
    await keep(lise);
    await expect(keep(lise)).rejects.toMatchObject(invalid);

    const options = await askPasskeySignIn(scratch.db, house, { browserToken: "here" });
    const use = (browserToken: string) =>
      signInWithPasskey(scratch.db, house, {
        response: key.prove(options),
        browserToken,
        userAgent: null,
        ends: null,
      });
    await expect(use("elsewhere")).rejects.toMatchObject(invalid);
    await use("here");
    await expect(use("here")).rejects.toMatchObject(invalid);

    const late = await askPasskeySignIn(scratch.db, house, { browserToken: "here" });
    clock.advance(5 * 60_000);
    const response2 = key.prove(late);
    await expect(
      signInWithPasskey(scratch.db, house, {
        response: response2,
        browserToken: "here",
        userAgent: null,
        ends: null,
      }),
    ).rejects.toMatchObject(invalid);
  });

  it("is refused when its count goes back, as a copy's would", async () => {
    const viewer = await cameByLink(await person("compte@exemple.coop"));
    const key = await addKey(viewer, "Clé", new SoftPasskey(site, 5));
    await come(key);
    key.counter = 4;
    await expect(come(key)).rejects.toMatchObject(invalid);
    key.counter = 10;
    await come(key);
  });

  it("opens nothing once removed; another person's is not theirs to remove", async () => {
    const viewer = await cameByLink(await person("retire@exemple.coop"));
    const key = await addKey(viewer);
    const [kept] = await listPasskeys(scratch.db, viewer.id);
    const other = await cameByLink(await person("autre@exemple.coop"));
    await removePasskey(scratch.db, house, other, kept!.id);
    await come(key);
    await removePasskey(scratch.db, house, viewer, kept!.id);
    await expect(come(key)).rejects.toMatchObject(invalid);
  });

  it("is made for a name, never for a number or an open line", () => {
    expect(relyingPartyOf("https://ventes.example:8443")?.id).toBe("ventes.example");
    expect(relyingPartyOf("http://localhost:3000")?.id).toBe("localhost");
    for (const url of ["http://127.0.0.1:3000", "https://[::1]", "http://ventes.example"])
      expect(relyingPartyOf(url), url).toBeNull();
  });
});

describe("who has a role and lost every passkey", () => {
  it("is let in again by another administrator, once, within a day; the keys and sessions of before end", async () => {
    const coopId = v7();
    await scratch.db
      .insertInto("coop")
      .values({
        id: coopId,
        slug: "rive",
        name: "Rive",
        legal_form: "coop_qc",
        place: "CA-QC",
        created_at: clock.now(),
      })
      .execute();
    const role = (personId: string, name: "treasurer" | "admin") =>
      scratch.db
        .insertInto("coop_role")
        .values({ coop_id: coopId, person_id: personId, role: name, granted_at: clock.now() })
        .execute();
    const [treasurerId, adminId, strangerId] = [
      await person("tresor@exemple.coop"),
      await person("admin@exemple.coop"),
      await person("inconnu@exemple.coop"),
    ];
    await role(treasurerId, "treasurer");
    await role(adminId, "admin");
    const first = await cameByLink(treasurerId);
    const old = await addKey(first);

    // The mailbox alone adds no key and removes none.
    const byMail = await cameByLink(treasurerId);
    await expect(addKey(byMail)).rejects.toMatchObject({ code: "passkey_recovery_needed" });
    const [kept] = await listPasskeys(scratch.db, treasurerId);
    await expect(removePasskey(scratch.db, house, byMail, kept!.id)).rejects.toMatchObject({
      code: "passkey_recovery_needed",
    });

    const recover = (by: string, personId = treasurerId) =>
      openRecovery(scratch.db, house, { coopId, personId, by });
    await expect(recover(treasurerId)).rejects.toMatchObject({ code: "not_found" });
    await expect(recover(adminId, adminId)).rejects.toMatchObject({ code: "second_person_needed" });
    await expect(recover(adminId, strangerId)).rejects.toMatchObject({ code: "not_found" });
    await recover(adminId);
    clock.advance(24 * 3_600_000);
    const tooLate = await cameByLink(treasurerId);
    await expect(addKey(tooLate)).rejects.toMatchObject({ code: "passkey_recovery_needed" });

    await recover(adminId);
    const late = await cameByLink(treasurerId);
    const fresh = await addKey(late, "Nouvelle");
    expect((await listPasskeys(scratch.db, treasurerId)).map(({ name }) => name)).toEqual(["Nouvelle"]);
    await expect(come(old)).rejects.toMatchObject(invalid);
    const sessions = await scratch.db
      .selectFrom("session")
      .select(["id", "proof"])
      .where("person_id", "=", treasurerId)
      .execute();
    expect(sessions).toEqual([{ id: late.session.id, proof: "passkey" }]);
    await expect(addKey(await cameByLink(treasurerId))).rejects.toMatchObject({
      code: "passkey_recovery_needed",
    });
    await come(fresh);
  });
});
