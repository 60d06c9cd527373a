import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { findInvitation } from "#domain/revenue/invitation-queries.server.ts";
import { inviteContributor } from "#domain/revenue/invite-contributor.server.ts";
import { sharesOfWork, sharesToAccept } from "#domain/revenue/queries.server.ts";
import { earningsByMonth, findSaleForMember } from "#domain/sales/earnings-queries.server.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, sell } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(() => stage.close());

const member = (name: string) => stage.members.get(name)!;

describe("what a member sees of a sale", () => {
  it("is their lines, every posting, and nothing of who bought or of what others sold", async () => {
    const saleId = await sell(stage, ["L1", "M1"], { email: "lectrice@exemple.org" });
    const view = await findSaleForMember(stage.db, member("benoit").personId, saleId);
    expect(view?.receipt.lines.map(({ workId }) => workId)).toEqual([stage.works.get("L1")]);
    expect(JSON.stringify(view)).not.toContain("lectrice@exemple.org");
    const { entries, accounts } = view!;
    expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["sale", "split", "transfer"]));
    for (const { postings } of entries) expect(postings.reduce((all, { amount }) => all + amount, 0)).toBe(0);
    expect(accounts[`member:${member("benoit").id}`]).toMatchObject({ kind: "mine" });
    expect(accounts[`member:${member("ana").id}`]).toMatchObject({ kind: "member" });
    // Dan shares in the other line only: his account has no name here.
    expect(accounts[`member:${member("dan").id}`]).toBeUndefined();
  });

  it("is nothing of a sale of others, nor of one that nobody paid", async () => {
    const saleId = await sell(stage, ["M1"]);
    expect(await findSaleForMember(stage.db, member("ana").personId, saleId)).toBeNull();
    const unpaid = await open(stage, ["L1"]);
    expect(await findSaleForMember(stage.db, member("ana").personId, unpaid.saleId)).toBeNull();
  });

  it("adds up month by month, months without a sale included", async () => {
    expect(await earningsByMonth(stage.db, member("farid").personId)).toMatchObject([
      { month: "2026-03", sales: 2 },
    ]);
    await advance(stage, 60 * 24 * 61);
    await sell(stage, ["M1"]);
    const months = await earningsByMonth(stage.db, member("farid").personId);
    expect(months.map(({ month, sales }) => [month, sales])).toEqual([
      ["2026-03", 2],
      ["2026-04", 0],
      ["2026-05", 1],
    ]);
    expect(months[1]?.toMember).toBe(0);
    expect(months[2]?.toMember).toBeGreaterThan(300);
    expect(await earningsByMonth(stage.db, member("ana").personId)).toHaveLength(1);
    const stranger = "00000000-0000-7000-8000-000000000000";
    expect(await earningsByMonth(stage.db, stranger)).toEqual([]);
  });
});

describe("naming somebody who is not a member yet", () => {
  const invite = (workId: string, over: Partial<Parameters<typeof inviteContributor>[2]> = {}) =>
    inviteContributor(stage.db, stage.house, {
      personId: member("ana").personId,
      workId,
      email: "zoe@exemple.org",
      name: "Zoé Nord",
      parts: 2,
      locale: "fr",
      ...over,
    });

  it("makes them a member whose part waits for them, and writes to them once", async () => {
    const { db, house } = stage;
    const { personId, id: memberId } = member("ana");
    const { workId } = await startWork(db, house, { personId, memberId, kind: "book", title: "Neuf" });
    const zoe = await invite(workId);
    const shares = await sharesOfWork(db, workId, stage.clock.now());
    expect(shares?.shares).toMatchObject([
      { memberId, parts: 1, acceptedAt: expect.any(Date) },
      { memberId: zoe.memberId, parts: 2, acceptedAt: null },
    ]);
    expect(await sharesToAccept(db, zoe.memberId, stage.clock.now())).toMatchObject([
      { parts: 2, wholeParts: 3 },
    ]);
    expect(await findInvitation(db, { memberId: zoe.memberId, workId })).toMatchObject({
      email: "zoe@exemple.org",
      title: "Neuf",
    });
    stage.clock.advance(1000);
    expect(await invite(workId, { parts: 5 })).toEqual(zoe);
    const jobs = await house.queue.boss.findJobs("send-invitation");
    expect(jobs.map(({ data }) => data)).toEqual([{ memberId: zoe.memberId, workId }]);
    const later = await sharesOfWork(db, workId, stage.clock.now());
    expect(later?.shares.map(({ parts }) => parts)).toEqual([1, 5]);
  });

  it("takes nobody back who has left, and is for money only until the co-op admits them", async () => {
    const { db, house } = stage;
    const { personId, id: memberId } = member("ana");
    const { workId } = await startWork(db, house, { personId, memberId, kind: "book" });
    const noe = { email: "noe@exemple.org", name: "Noé Sud" };
    const { memberId: invited } = await invite(workId, noe);
    const standing = () =>
      db
        .selectFrom("member")
        .select(["left_at", "invited_at", "coop_id"])
        .where("id", "=", invited)
        .executeTakeFirstOrThrow();
    const { coop_id: coopId, invited_at } = await standing();
    expect(invited_at).not.toBeNull();
    const left = stage.clock.now();
    await db.updateTable("member").set({ left_at: left }).where("id", "=", invited).execute();
    await expect(invite(workId, { ...noe, parts: 3 })).rejects.toMatchObject({ code: "member_left" });
    expect((await standing()).left_at).toEqual(left);
    const admit = () => admitMember(db, house, { coopId, ...noe });
    expect(await admit()).toMatchObject({ memberId: invited, admitted: true });
    expect(await standing()).toMatchObject({ left_at: null, invited_at: null });
    expect(await admit()).toMatchObject({ admitted: false });
    expect(await invite(workId, noe)).toEqual({ memberId: invited });
    expect((await standing()).invited_at).toBeNull();
  });

  it("is refused for another's work, and above twenty a day", async () => {
    const { db, house } = stage;
    const { personId, id: memberId } = member("ana");
    const { workId } = await startWork(db, house, { personId, memberId, kind: "book" });
    await expect(invite(workId, { personId: member("dan").personId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      (async () => {
        for (let i = 0; i < 21; i += 1) await invite(workId, { email: `nombreux-${i}@exemple.org` });
      })(),
    ).rejects.toMatchObject({ code: "too_many_requests" });
  });
});
