import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { findCoop, listCoops } from "#domain/coops/queries.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { listCoopMembers, listMembers } from "#domain/membership/queries.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const clock = setClock("2026-11-22T10:00:00Z");
beforeAll(async () => {
  scratch = await freshDatabase();
});
afterAll(() => scratch.close());

const fleuve = {
  slug: "fleuve",
  name: "Les Presses du Fleuve",
  legalForm: "coop_qc",
  place: "CA-QC",
} as const;

describe("co-ops and their members", () => {
  it("founds a co-op once and brings its words up to date", async () => {
    const first = await foundCoop(scratch.db, { clock }, { ...fleuve, description: { fr: "Une maison" } });
    const again = await foundCoop(
      scratch.db,
      { clock },
      { ...fleuve, description: { fr: "Une maison d’édition" } },
    );
    expect(again.id).toBe(first.id);
    expect(await listCoops(scratch.db)).toHaveLength(1);
    expect(await findCoop(scratch.db, "fleuve")).toMatchObject({
      description: { fr: "Une maison d’édition" },
    });
    expect(await findCoop(scratch.db, "ailleurs")).toBeNull();
  });

  it("admits a person once, gives homonyms slugs of their own, and takes back who had left", async () => {
    const { db } = scratch;
    const { id: coopId } = await foundCoop(db, { clock }, fleuve);
    const admit = (email: string) => admitMember(db, { clock }, { coopId, email, name: "Ana Côté" });
    const [a, b] = await Promise.all([admit("Ana@exemple.coop"), admit("autre-ana@exemple.coop")]);
    expect(a.memberId).not.toBe(b.memberId);
    expect(await admit("ana@exemple.coop")).toMatchObject({ memberId: a.memberId, admitted: false });
    const slugs = (await listMembers(db, [coopId])).map(({ slug }) => slug).sort();
    expect(slugs).toEqual(["ana-cote", "ana-cote-2"]);
    await db.updateTable("member").set({ left_at: clock.now() }).where("id", "=", a.memberId).execute();
    expect((await listCoopMembers(db, coopId)).map(({ id }) => id)).toEqual([b.memberId]);
    expect(await admit("ana@exemple.coop")).toMatchObject({ memberId: a.memberId, admitted: true });
    expect(await listCoopMembers(db, coopId)).toHaveLength(2);
  });

  it("grants a role once, and writes down who did", async () => {
    const { db } = scratch;
    const { id: coopId } = await foundCoop(db, { clock }, fleuve);
    const { personId } = await admitMember(
      db,
      { clock },
      { coopId, email: "cle@exemple.coop", name: "Cléo" },
    );
    for (let i = 0; i < 2; i += 1)
      await grantRole(db, { clock }, { coopId, personId, role: "curator", by: null });
    const cleo = (await listMembers(db, [coopId])).find(({ name }) => name === "Cléo");
    expect(cleo).toMatchObject({ roles: ["curator"], invited: false, payoutState: null, works: 0 });
    const written = await db.selectFrom("audit").selectAll().where("verb", "=", "grant-role").execute();
    expect(written).toHaveLength(1);
  });
});
