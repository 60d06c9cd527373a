import { readFile } from "node:fs/promises";
import type { Request, Response } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookies } from "#app/http/cookies.server.ts";
import { sameOrigin } from "#app/http/guards.ts";
import { permissions, type Role, type Verb } from "#domain/people/permissions.ts";
import { insist } from "#domain/people/permitted.server.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import type { Settings } from "#gateways/env.ts";
import { paths, pathTo, plainPaths } from "#i18n/paths.ts";
import { permissionWords } from "#i18n/permissions.ts";
import { deeds } from "./permissions-deeds.ts";
import { openPermissions, type Permissions, type Visitor } from "./permissions-house.ts";

// What somebody who means harm would try beside other people's ids.
let house: Permissions;
beforeAll(async () => {
  house = await openPermissions();
});
afterAll(() => house?.close());

describe("a verb of staff", () => {
  it("refuses every role that the table does not name, every other co-op's, and who has none", async () => {
    const { stage } = house;
    const seats: Record<string, { role: Role; coop: string }> = {
      curatorA: { role: "curator", coop: "A" },
      treasurerA: { role: "treasurer", coop: "A" },
      adminA: { role: "admin", coop: "A" },
      curatorB: { role: "curator", coop: "B" },
      treasurerB: { role: "treasurer", coop: "B" },
      adminB: { role: "admin", coop: "B" },
    };
    const wrong: string[] = [];
    for (const verb of Object.keys(permissions) as Verb[])
      for (const visitor of [...Object.keys(seats), "ana", "reader"] as Visitor[])
        for (const coop of ["A", "B"]) {
          const by = await personOf(visitor);
          const may = await insist(stage.db, { by, verb, coopId: stage.coops.get(coop)! }).then(
            () => true,
            (refusal: { code?: string }) => refusal.code !== "not_found",
          );
          const seat = seats[visitor];
          const should =
            seat?.coop === coop && (permissions[verb].roles as readonly Role[]).includes(seat.role);
          if (may !== should) wrong.push(`${verb} of ${coop} by ${visitor}: ${may}`);
        }
    expect(wrong).toEqual([]);
  });
});

it("the table is written down as it is, and in both languages", async () => {
  const page = await readFile(new URL("../../docs/security.md", import.meta.url), "utf8");
  const inWords = (verb: Verb) =>
    ["curator", "treasurer", "admin"].map((role) =>
      (permissions[verb].roles as readonly string[]).includes(role) ? "yes" : "no",
    );
  for (const verb of Object.keys(permissions) as Verb[]) {
    expect(page).toContain(`| \`${verb}\` | ${inWords(verb).join(" | ")} |`);
    for (const locale of ["fr", "en"] as const)
      expect(permissionWords(locale).verbs[verb].length, verb).toBeGreaterThan(10);
  }
});

describe("a form from another site", () => {
  const settings = { publicUrl: "https://ventes.example" } as Settings;
  const passes = (path: string, headers: Record<string, string>): boolean => {
    let passed = false;
    const response = {
      status: () => response,
      type: () => response,
      send: () => response,
    } as unknown as Response;
    sameOrigin(settings)({ method: "POST", path, headers } as unknown as Request, response, () => {
      passed = true;
    });
    return passed;
  };

  it("is turned away at every address that writes, in both languages", () => {
    const addresses = deeds(house).flatMap(({ route, params }) =>
      route === "missing" || route === "stripeWebhook"
        ? []
        : (["fr", "en"] as const).map((locale) => pathTo(route, locale, params)),
    );
    expect(addresses.length).toBeGreaterThan(100);
    for (const path of [...addresses, ...addresses.map((each) => `${each}.data`), paths.signOut[0]]) {
      expect(passes(path, { "sec-fetch-site": "same-origin" }), path).toBe(true);
      for (const headers of [
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { "sec-fetch-site": "none", origin: "null" },
        { origin: "https://mal.example" },
        { origin: "null" },
        { origin: "https://ventes.example.mal.example" },
      ])
        expect(passes(path, headers), `${path} ${JSON.stringify(headers)}`).toBe(false);
    }
    // Stripe signs instead; nothing that only resembles its address does without.
    expect(passes(plainPaths.stripeWebhook, { "sec-fetch-site": "cross-site" })).toBe(true);
    expect(passes(`${plainPaths.stripeWebhook}/x`, { "sec-fetch-site": "cross-site" })).toBe(false);
  });

  it("would not bring the session along either", async () => {
    const secure = { secure: true, sessionSecret: "s".repeat(32) } as Settings;
    const set = await cookies(secure).session.serialize("jeton");
    expect(set).toMatch(/^__Host-session=/);
    for (const attribute of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
      expect(set).toContain(attribute);
    expect(set).not.toContain("Domain=");
  });
});

describe("the key of a receipt", () => {
  it("opens nothing when any letter of it is another, when it is cut, or of another sale", async () => {
    const [saleId = "", token = ""] = house.access.a.split(".");
    const other = (letter: string) => (letter === "A" ? "B" : "A");
    const tries = [
      saleId,
      `${saleId}.`,
      `${saleId}.${token.slice(0, -1)}`,
      `${saleId}.${token}x`,
      `${saleId}.${token}.`,
      `${saleId.toUpperCase()}.${token}`,
      `${house.sale.b}.${token}`,
      ...[...token].map((letter, i) => `${saleId}.${token.slice(0, i)}${other(letter)}${token.slice(i + 1)}`),
    ];
    for (const access of tries)
      for (const name of ["purchase", "thanks", "receiptPdf"] as const) {
        const { status } = await house.ask("stranger", pathTo(name, "fr", { access }));
        expect(status, `${name} ${access}`).toBe(404);
      }
    expect((await house.ask("stranger", pathTo("purchase", "fr", { access: house.access.a }))).status).toBe(
      200,
    );
  }, 60_000);
});

describe("after signing in", () => {
  it("one stays in the house, whatever the address said", async () => {
    for (const to of [
      "https://mal.example",
      "//mal.example",
      "/\\mal.example",
      "/\t/mal.example",
      "javascript:alert(1)",
    ]) {
      const vers = encodeURIComponent(to);
      expect((await house.ask("ana", `/connexion?vers=${vers}`)).to).toBe("/atelier");
      const asked = await house.ask("stranger", "/connexion", {
        form: { email: `v${vers.length}@exemple.org`, vers: to },
      });
      expect(asked.to).not.toContain("mal.example");
    }
    const kept = await house.stage.db.selectFrom("sign_in_link").select("destination").execute();
    expect(kept.every(({ destination }) => destination === null)).toBe(true);
  });
});

describe("what sends letters", () => {
  it("sends at most eight links an hour to one address, and thirty in ten minutes for one visitor", async () => {
    const ask = (email: string, from?: string) =>
      house.ask("stranger", "/connexion", { form: { email }, ...(from && { from }) });
    for (let i = 0; i < 8; i += 1) expect((await ask("victime@exemple.org")).status).toBe(303);
    expect((await ask("victime@exemple.org")).status).toBe(429);
    expect((await ask("VICTIME@exemple.org")).status).toBe(429);
    for (let i = 0; i < 30; i += 1) expect((await ask(`v${i}@exemple.org`, "203.0.113.9")).status).toBe(303);
    expect((await ask("v30@exemple.org", "203.0.113.9")).status).toBe(429);
    expect((await ask("v31@exemple.org", "203.0.113.10")).status).toBe(303);
  });

  it("sends at most thirty receipts an hour of what is free to one address", async () => {
    const { db, house: doors } = house.stage;
    await db.updateTable("work").set({ price: 0 }).where("id", "=", house.works.a2).execute();
    const claim = (email: string) =>
      claimFree(db, doors, { email, locale: "fr", lines: [{ workId: house.works.a2 }] });
    for (let i = 0; i < 30; i += 1) await claim("victime@exemple.org");
    await expect(claim("victime@exemple.org")).rejects.toMatchObject({ code: "too_many_requests" });
    await claim("quelquun@exemple.org");
    house.stage.clock.advance(3_600_001);
    await claim("victime@exemple.org");
  });
});

describe("a name that somebody chose", () => {
  it("ends no header early, and is no formula in a spreadsheet", async () => {
    const { db } = house.stage;
    const name = '=HYPERLINK("http://mal.example")\r\nSet-Cookie: x="; filename=a.exe';
    await db.updateTable("member").set({ name }).where("id", "=", house.member("ana")).execute();
    await db.updateTable("coop").set({ name }).where("slug", "=", "a").execute();
    const query = { membre: house.member("ana"), periode: "2026" };
    for (const [visitor, address] of [
      ["ana", pathTo("studioStatementCsv", "fr", {}, query)],
      ["ana", pathTo("studioStatementPdf", "fr", {}, query)],
      ["treasurerA", pathTo("officeJournal", "fr", {}, { coop: "a", periode: "2026" })],
      ["treasurerA", pathTo("officeStatementPdf", "en", {}, { coop: "a", periode: "2026" })],
      ["stranger", pathTo("receiptPdf", "fr", { access: house.access.a })],
    ] as const) {
      const { status, headers, text } = await house.ask(visitor, address);
      expect(status, address).toBe(200);
      expect(headers.get("content-disposition"), address).toMatch(
        /^attachment; filename="[\w.-]+\.(csv|pdf)"$/,
      );
      expect(headers.has("set-cookie")).toBe(false);
      expect(headers.get("cache-control")).toBe("private, no-store");
      if (!address.includes(".csv")) continue;
      const cells = text.split(/[;,]/);
      expect(cells.filter((cell) => /^"?=/.test(cell))).toEqual([]);
    }
    const journal = await house.ask(
      "treasurerA",
      pathTo("officeJournal", "fr", {}, { coop: "a", periode: "2026" }),
    );
    expect(journal.text).toContain("'=HYPERLINK");
  });
});

async function personOf(visitor: Visitor): Promise<string> {
  const { id } = await house.stage.db
    .selectFrom("person")
    .select("id")
    .where("email", "=", house.emailOf(visitor))
    .executeTakeFirstOrThrow();
  return id;
}
