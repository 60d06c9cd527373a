import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askSignInLink } from "#domain/people/ask-sign-in-link.server.ts";
import { findSignInLink, findViewer } from "#domain/people/queries.server.ts";
import { signIn } from "#domain/people/sign-in.server.ts";
import { signOut } from "#domain/people/sign-out.server.ts";
import { sweepPeople } from "#domain/people/sweep-people.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
beforeAll(async () => {
  scratch = await freshDatabase();
});
afterAll(() => scratch.close());

async function linkFor(email: string, browserToken: string, clock = setClock("2026-11-22T10:00:00Z")) {
  let token = "";
  const linkOf = (made: string) => {
    token = made;
    return `https://example.coop/connexion/${made}`;
  };
  await askSignInLink(
    scratch.db,
    { clock, queue: scratch.queue },
    { email, locale: "fr", browserToken, destination: "/atelier", linkOf },
  );
  return { token, clock };
}

describe("sign-in by link", () => {
  it("signs in once, in the browser that asked, and finds the person again", async () => {
    const { token, clock } = await linkFor("Ana@Exemple.coop", "browser-a");
    const use = (browserToken: string) =>
      signIn(scratch.db, { clock }, { token, browserToken, userAgent: null });
    await expect(use("browser-b")).rejects.toMatchObject({ code: "link_other_browser" });
    const { session, destination } = await use("browser-a");
    expect(destination).toBe("/atelier");
    expect(await findViewer(scratch.db, { clock }, session)).toMatchObject({
      email: "ana@exemple.coop",
      members: [],
      roles: [],
    });
    await expect(use("browser-a")).rejects.toMatchObject({ code: "link_used" });
    await signOut(scratch.db, session);
    expect(await findViewer(scratch.db, { clock }, session)).toBeNull();
  });

  it("refuses a link after fifteen minutes and a session after sixty days", async () => {
    const late = await linkFor("late@exemple.coop", "b");
    late.clock.advance(15 * 60_000);
    await expect(
      signIn(scratch.db, late, { token: late.token, browserToken: "b", userAgent: null }),
    ).rejects.toMatchObject({ code: "link_used" });
    const { token, clock } = await linkFor("late@exemple.coop", "b");
    const { session } = await signIn(scratch.db, { clock }, { token, browserToken: "b", userAgent: null });
    clock.advance(60 * 24 * 3_600_000);
    expect(await findViewer(scratch.db, { clock }, session)).toBeNull();
  });

  it("says what a link would do before anything is done", async () => {
    const { token, clock } = await linkFor("avant@exemple.coop", "here");
    const state = (browserToken: string) => findSignInLink(scratch.db, { clock }, { token, browserToken });
    expect(await state("here")).toBe("ready");
    expect(await state("elsewhere")).toBe("link_other_browser");
    const { isMember } = await signIn(
      scratch.db,
      { clock },
      { token, browserToken: "here", userAgent: null },
    );
    expect(isMember).toBe(false);
    expect(await state("here")).toBe("link_used");
    expect(await findSignInLink(scratch.db, { clock }, { token: "unknown", browserToken: "here" })).toBe(
      "link_used",
    );
  });

  it("mails at most eight links an hour to one address", async () => {
    for (let i = 0; i < 8; i += 1) await linkFor("often@exemple.coop", "b");
    await expect(linkFor("often@exemple.coop", "b")).rejects.toMatchObject({ code: "too_many_requests" });
  });

  it("mails no more of them when they are asked for at the same instant", async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, () => linkFor("at-once@exemple.coop", "b")),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
  });

  it("leaves nothing behind: sessions go at their end, links after two days", async () => {
    const { db } = scratch;
    const clock = setClock("2031-01-01T10:00:00Z");
    const open = async (email: string) => {
      const { token } = await linkFor(email, "b", clock);
      return signIn(db, { clock }, { token, browserToken: "b", userAgent: null });
    };
    const old = await open("vieux@exemple.coop");
    clock.advance(59 * 24 * 3_600_000);
    const links = async () => (await db.selectFrom("sign_in_link").select("email").execute()).length;
    const fresh = await open("neuf@exemple.coop");
    await sweepPeople(db, { clock });
    expect(await links()).toBe(1);
    expect(await findViewer(db, { clock }, old.session)).not.toBeNull();
    clock.advance(24 * 3_600_000);
    await sweepPeople(db, { clock });
    const sessions = await db.selectFrom("session").select("person_id").execute();
    expect(sessions).toEqual([{ person_id: fresh.personId }]);
    expect(await links()).toBe(1);
    clock.advance(24 * 3_600_000 + 1);
    await sweepPeople(db, { clock });
    expect(await links()).toBe(0);
    expect(await findViewer(db, { clock }, fresh.session)).not.toBeNull();
  });
});
