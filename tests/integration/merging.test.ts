import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movedAgent } from "#domain/catalogue/moved-queries.server.ts";
import { nameContributors } from "#domain/catalogue/name-contributors.server.ts";
import { findAgent } from "#domain/catalogue/queries.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { correctPerson } from "#domain/metadata/correct-person.server.ts";
import { mergePeople } from "#domain/metadata/merge-people.server.ts";
import { keepPeopleApart, splitPerson } from "#domain/metadata/part-people.server.ts";
import { findDoubles, listPeopleMerges } from "#domain/metadata/person-queries.server.ts";
import { undoPeopleMerge } from "#domain/metadata/undo-people-merge.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const clock = setClock("2026-11-22T10:00:00Z");
const house = { clock };
let coopId: string;
let otherCoop: string;
let ana: { memberId: string; personId: string };
let ben: { memberId: string; personId: string };
let eve: { memberId: string; personId: string };
let curator: string;
let stranger: string;

async function makeCurator(coop: string, email: string): Promise<string> {
  const id = v7();
  await scratch.db.insertInto("person").values({ id, email, created_at: clock.now() }).execute();
  await scratch.db
    .insertInto("coop_role")
    .values({ coop_id: coop, person_id: id, role: "curator", granted_at: clock.now() })
    .execute();
  return id;
}

beforeAll(async () => {
  scratch = await freshDatabase();
  const { db } = scratch;
  const shape = { legalForm: "coop_qc", place: "CA-QC" } as const;
  ({ id: coopId } = await foundCoop(db, house, { slug: "fleuve", name: "Fleuve", ...shape }));
  ({ id: otherCoop } = await foundCoop(db, house, { slug: "rives", name: "Rives", ...shape }));
  ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  ben = await admitMember(db, house, { coopId, email: "ben@exemple.coop", name: "Ben Côté" });
  eve = await admitMember(db, house, { coopId: otherCoop, email: "eve@exemple.coop", name: "Ève Nord" });
  curator = await makeCurator(coopId, "cure@exemple.coop");
  stranger = await makeCurator(otherCoop, "autre@exemple.coop");
});
afterAll(() => scratch.close());

type Named = Parameters<typeof nameContributors>[2]["contributors"][number];
async function book(
  by: { memberId: string; personId: string },
  title: string,
  contributors: Named[],
  state = "published",
) {
  const { db } = scratch;
  const { workId } = await startWork(db, house, { ...by, kind: "book", title });
  await nameContributors(db, house, { workId, contributors });
  await sql`update work set state = ${state}, published_at = ${state === "published" ? clock.now() : null} where id = ${workId}`.execute(
    db,
  );
  return workId;
}
const agentsOf = async (workId: string) =>
  (
    await sql<{ id: string; slug: string; name: string; role: string }>`
      select g.id, g.slug, g.name, c.role from contribution c join agent g on g.id = c.agent_id
      where c.work_id = ${workId} and c.recording_id is null order by c.position, g.name`.execute(scratch.db)
  ).rows;
const only = async (workId: string) => (await agentsOf(workId))[0]!;
/** Everything that merging touches, to be compared before and after. */
const stateOf = async (...agentIds: string[]) => ({
  agents: (
    await sql`select id, slug, name, sort_name, about, member_id, confirmed_at, searched_at, merged_into from agent
      where id = any(${agentIds}::uuid[]) order by id`.execute(scratch.db)
  ).rows,
  credits: (
    await sql`select work_id, recording_id, agent_id, role, position from contribution
      where agent_id = any(${agentIds}::uuid[]) order by 1, 2, 3, 4`.execute(scratch.db)
  ).rows,
  numbers: (
    await sql`select agent_id, scheme, value from identifier where agent_id = any(${agentIds}::uuid[]) order by 1, 2, 3`.execute(
      scratch.db,
    )
  ).rows,
  claims: (
    await sql`select * from agent_claim where agent_id = any(${agentIds}::uuid[]) order by 1, 2, 3`.execute(
      scratch.db,
    )
  ).rows,
  listening: (
    await sql`select person_id, item_id from listening where item_id = any(${agentIds}::uuid[]) order by 1, 2`.execute(
      scratch.db,
    )
  ).rows,
});
const author = (name: string, more: Partial<Named> = {}): Named => ({ name, role: "author", ...more });

describe("people of one name", () => {
  it("are one in a studio, and two in two studios of a co-op until somebody says so", async () => {
    const one = await only(await book(ana, "Un", [author("Jean Roy")]));
    const again = await only(await book(ana, "Deux", [author("jean roy")]));
    const other = await only(await book(ben, "Trois", [author("Jean Roy")]));
    expect(again.id).toBe(one.id);
    expect(other.id).not.toBe(one.id);
    expect(other.slug).toBe("jean-roy-2");
  });

  it("are one in two studios by a number that both files bear, and never by a number under another name", async () => {
    const isni = { scheme: "isni", value: "0000000121251077" };
    const one = await only(await book(ana, "Par numéro", [author("Maurice Renard", { numbers: [isni] })]));
    const same = await only(
      await book(eve, "Par numéro aussi", [author("Renard, Maurice", { numbers: [isni] })]),
    );
    const wrong = await only(await book(eve, "Mauvais numéro", [author("Zoé Lac", { numbers: [isni] })]));
    expect(same.id).toBe(one.id);
    expect(wrong.id).not.toBe(one.id);
  });

  it("are two in one studio where their numbers differ, once one of these is confirmed", async () => {
    const one = await only(await book(ana, "Premier", [author("Luc Bé")]));
    await correctPerson(scratch.db, house, {
      personId: curator,
      agentId: one.id,
      sortName: "Bé, Luc",
      about: { fr: "", en: "" },
      authorities: { isni: "0000 0001 2103 2683" },
      searchedNone: false,
    });
    const numbers = [{ scheme: "isni", value: "0000000121251077" }];
    expect((await only(await book(ana, "Second", [author("Luc Bé", { numbers })]))).id).not.toBe(one.id);
    expect((await only(await book(ana, "Tiers", [author("Luc Bé")]))).id).toBe(one.id);
  });

  it("keep their places in a work that is saved again", async () => {
    const { db } = scratch;
    const father = await book(ana, "Le père", [author("Paul Gagné")]);
    const son = await book(ana, "Le fils", [author("Paul Gagné")]);
    const { agentId } = await splitPerson(db, house, {
      personId: curator,
      agentId: (await only(father)).id,
      workIds: [son],
    });
    await nameContributors(db, house, {
      workId: son,
      contributors: [author("Paul Gagné"), { name: "Ana Roy", role: "editor" }],
    });
    expect((await agentsOf(son))[0]?.id).toBe(agentId);
    expect((await only(father)).id).not.toBe(agentId);
  });
});

describe("joining two people", () => {
  it("moves all that is theirs, leads their address on, and puts everything back", async () => {
    const { db } = scratch;
    const a = await book(ana, "Vingt mille", [
      author("Jules Verne"),
      { name: "Jules Verne", role: "illustrator" },
    ]);
    const b = await book(ben, "Storitz", [
      author("J. Verne", { numbers: [{ scheme: "viaf", value: "76323989" }] }),
    ]);
    const kept = await only(a);
    const gone = await only(b);
    // A work that names both, in one role.
    const both = await book(ana, "Ensemble", [author("Jules Verne")]);
    await db
      .insertInto("contribution")
      .values({ id: v7(), work_id: both, agent_id: gone.id, role: "author", position: 2 })
      .execute();
    await db
      .insertInto("identifier")
      .values([
        { id: v7(), agent_id: gone.id, scheme: "wikidata", value: "Q33977" },
        { id: v7(), agent_id: kept.id, scheme: "isni", value: "0000000121400562" },
      ])
      .execute();
    await sql`update agent set about = ${JSON.stringify({ fr: "Romancier", en: "Novelist" })}, sort_name = 'Verne, J.' where id = ${gone.id}`.execute(
      db,
    );
    await sql`update agent set about = ${JSON.stringify({ fr: "Écrivain" })} where id = ${kept.id}`.execute(
      db,
    );
    await db
      .insertInto("listening")
      .values({ person_id: ben.personId, item_id: gone.id, plays: 0 })
      .execute();
    const before = await stateOf(kept.id, gone.id);
    const input = { personId: curator, keptId: kept.id, goneId: gone.id };

    await mergePeople(db, house, input);
    await mergePeople(db, house, input);
    expect(await agentsOf(b)).toMatchObject([{ id: kept.id, role: "author" }]);
    expect(await agentsOf(both)).toHaveLength(1);
    expect(await movedAgent(db, { slug: gone.slug })).toEqual({ id: kept.id, slug: kept.slug });
    expect(await findAgent(db, gone.slug)).toBeNull();
    const page = await findAgent(db, kept.slug);
    expect(page?.about).toEqual({ fr: "Écrivain", en: "Novelist" });
    expect(page?.identifiers.map(({ scheme }) => scheme)).toEqual(["isni", "wikidata"]);
    expect(page?.works).toHaveLength(3);
    const merges = await listPeopleMerges(db, kept.id);
    expect(merges).toMatchObject([{ gone: { name: "J. Verne" }, last: true }]);
    // The old spelling leads to the same person from now on, in both studios.
    const later = await book(ben, "Plus tard", [author("J. Verne")]);
    expect((await only(later)).id).toBe(kept.id);

    const mergeId = merges[0]!.id;
    await expect(undoPeopleMerge(db, house, { personId: stranger, mergeId })).rejects.toMatchObject({
      code: "not_found",
    });
    await undoPeopleMerge(db, house, { personId: curator, mergeId });
    await undoPeopleMerge(db, house, { personId: curator, mergeId });
    await sql`delete from contribution where work_id = ${later}`.execute(db);
    expect(await stateOf(kept.id, gone.id)).toEqual(before);
    expect(await movedAgent(db, { slug: gone.slug })).toBeNull();
    expect((await findAgent(db, gone.slug))?.works).toHaveLength(2);
  });

  it("puts credits back in works that were saved since, and leaves what was written since", async () => {
    const { db } = scratch;
    const a = await book(ana, "Marées", [author("Zoé Nord")]);
    const b = await book(ben, "Vents", [author("Zoë Nord")]);
    const [kept, gone] = [await only(a), await only(b)];
    await mergePeople(db, house, { personId: curator, keptId: kept.id, goneId: gone.id });
    await nameContributors(db, house, {
      workId: b,
      contributors: [author("Zoé Nord"), { name: "Zoé Nord", role: "translator" }],
    });
    await correctPerson(db, house, {
      personId: curator,
      agentId: kept.id,
      sortName: "Nord, Zoé",
      about: { fr: "Écrite depuis", en: "" },
      authorities: {},
      searchedNone: true,
    });
    await undoPeopleMerge(db, house, {
      personId: curator,
      mergeId: (await listPeopleMerges(db, kept.id))[0]!.id,
    });
    expect((await agentsOf(b)).map(({ id, role }) => [id, role])).toEqual([
      [gone.id, "author"],
      [gone.id, "translator"],
    ]);
    expect((await only(a)).id).toBe(kept.id);
    expect((await findAgent(db, kept.slug))?.about).toEqual({ fr: "Écrite depuis" });
  });

  it("undoes the last first", async () => {
    const { db } = scratch;
    const works = [await book(ana, "A1", [author("Noé Ciel")]), await book(ben, "B1", [author("Noe Ciel")])];
    const [a, b] = [await only(works[0]!), await only(works[1]!)];
    const c = await only(await book(ana, "C1", [author("N. Ciel")]));
    await mergePeople(db, house, { personId: curator, keptId: b.id, goneId: a.id });
    await mergePeople(db, house, { personId: curator, keptId: c.id, goneId: b.id });
    expect(await movedAgent(db, { slug: a.slug })).toMatchObject({ id: c.id });
    const [first] = await listPeopleMerges(db, b.id);
    const [second] = await listPeopleMerges(db, c.id);
    await expect(undoPeopleMerge(db, house, { personId: curator, mergeId: first!.id })).rejects.toMatchObject(
      {
        code: "merge_covered",
      },
    );
    await undoPeopleMerge(db, house, { personId: curator, mergeId: second!.id });
    await undoPeopleMerge(db, house, { personId: curator, mergeId: first!.id });
    expect((await only(works[0]!)).id).toBe(a.id);
    expect((await only(works[1]!)).id).toBe(b.id);
  });

  it("refuses two confirmed numbers, two members, the works of others, and another desk", async () => {
    const { db } = scratch;
    const a = await only(await book(ana, "M1", [author("Léa Parc")]));
    const b = await only(await book(ben, "M2", [author("Léa Parc")]));
    const merge = (personId: string, keptId: string, goneId: string) =>
      mergePeople(db, house, { personId, keptId, goneId });
    await db
      .insertInto("identifier")
      .values([
        { id: v7(), agent_id: a.id, scheme: "isni", value: "0000000121400562" },
        { id: v7(), agent_id: b.id, scheme: "isni", value: "0000000121032683" },
      ])
      .execute();
    await expect(merge(curator, a.id, b.id)).rejects.toMatchObject({
      code: "people_numbers",
      details: { scheme: "ISNI" },
    });
    await sql`delete from identifier where agent_id = ${b.id}`.execute(db);
    await expect(merge(stranger, a.id, b.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(merge(curator, a.id, a.id)).rejects.toMatchObject({ code: "merge_same" });
    const elsewhere = await only(await book(eve, "M3", [author("Léa Parc")]));
    await expect(merge(curator, a.id, elsewhere.id)).rejects.toMatchObject({ code: "not_found" });
    // Joined to somebody of another co-op, whom the public knows: theirs stays.
    await merge(curator, elsewhere.id, b.id);
    await expect(merge(curator, a.id, elsewhere.id)).rejects.toMatchObject({ code: "people_of_others" });
    const hidden = await only(await book(eve, "M4", [author("Léa Parck")], "draft"));
    await expect(merge(curator, hidden.id, a.id)).rejects.toMatchObject({ code: "not_found" });
    const mine = await only(await book(ana, "M5", [author("Ana Roy")]));
    const his = await only(await book(ben, "M6", [author("Ben Côté")]));
    await expect(merge(curator, mine.id, his.id)).rejects.toMatchObject({ code: "people_members" });
  });
});

describe("possible doubles", () => {
  it("are of the same name, near it, or of one number; and are proposed no more once they are said to be two", async () => {
    const { db } = scratch;
    const orcid = [{ scheme: "orcid", value: "0000000218250097" }];
    const me = await only(await book(ana, "D1", [author("Catherine Bélanger", { numbers: orcid })]));
    const near = await only(await book(ben, "D2", [author("Cathrine Belanger")]));
    const initial = await only(await book(ben, "D3", [author("C. Bélanger")]));
    const far = await only(await book(ben, "D4", [author("Catherine Boulanger")]));
    await db
      .insertInto("agent_claim")
      .values({ agent_id: far.id, ...orcid[0]! })
      .execute();
    const hidden = await only(await book(eve, "D5", [author("Catherine Bélanger")], "draft"));
    const found = async () =>
      (await findDoubles(db, [coopId], me.id))?.doubles.map(({ id, why }) => [id, why]);
    const wanted = [
      [far.id, "number"],
      [initial.id, "initials"],
      [near.id, "spelling"],
    ];
    expect(await found()).toEqual(wanted);
    expect(await found()).not.toContainEqual([hidden.id, "same"]);
    await keepPeopleApart(db, house, { personId: curator, oneId: me.id, otherId: near.id });
    await keepPeopleApart(db, house, { personId: curator, oneId: near.id, otherId: me.id });
    expect(await found()).toEqual(wanted.slice(0, 2));
    expect((await findDoubles(db, [coopId], near.id))?.doubles.map(({ id }) => id)).not.toContain(me.id);
    // Looked for by name, they are shown all the same.
    expect(
      (await findDoubles(db, [coopId], me.id, "Cathrine Belanger"))?.doubles.map(({ id }) => id),
    ).toContain(near.id);
    expect(await findDoubles(db, [otherCoop], me.id)).toBeNull();
    await expect(
      keepPeopleApart(db, house, { personId: stranger, oneId: me.id, otherId: far.id }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("splits one who was two, leaves a work at least, and takes no other co-op's", async () => {
    const { db } = scratch;
    const [one, two] = [
      await book(ana, "S1", [author("Rémi Val")]),
      await book(ana, "S2", [author("Rémi Val")]),
    ];
    const { id: agentId, slug } = await only(one);
    const split = (workIds: string[], personId = curator) =>
      splitPerson(db, house, { personId, agentId, workIds });
    await expect(split([one, two])).rejects.toMatchObject({ code: "split_whole" });
    await expect(split([])).rejects.toMatchObject({ code: "not_found" });
    await expect(split([two], stranger)).rejects.toMatchObject({ code: "not_found" });
    const other = (await split([two])).agentId;
    expect(await only(one)).toMatchObject({ id: agentId, slug });
    expect(await only(two)).toMatchObject({ id: other, slug: "remi-val-2" });
    expect((await findDoubles(db, [coopId], other))?.doubles).toEqual([]);
  });
});
