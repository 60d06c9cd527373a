import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mostCalls } from "#app/http/call-pace.server.ts";
import { operations } from "#app/routes/api/operations.server.ts";
import { problem } from "#app/routes/api/shapes.ts";
import { revokeKey } from "#domain/integrations/revoke-key.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { drain } from "#tests/stories/drain.ts";
import { type ApiHouse, openApiHouse } from "./api-house.ts";
import { sell } from "./market.ts";

let house: ApiHouse;
let keyA: string;
let keyB: string;
/** L1 of A alone, and an order with works of both. */
let soldByA: string;
let soldByBoth: string;

beforeAll(async () => {
  house = await openApiHouse();
  keyA = (await house.keyOf("A")).secret;
  keyB = (await house.keyOf("B")).secret;
  soldByA = await sell(house.stage, ["L1"], { email: "lectrice@prive.example", place: "CA-QC" });
  soldByBoth = await sell(house.stage, ["L2", "M1"], { email: "lecteur@prive.example" });
});
afterAll(() => house?.stage.close());

/** The answer, held to the shape that the description promises. */
async function answer(name: string, address: string, more: Parameters<ApiHouse["call"]>[1] = {}) {
  const response = await house.call(address, more);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const operation = operations.find((each) => each.name === name)!;
  const parsed = operation.answer.safeParse(JSON.parse(text));
  expect(parsed.error?.issues ?? [], text).toEqual([]);
  // biome-ignore lint/suspicious/noExplicitAny: what the shape says was checked above.
  return { value: JSON.parse(text) as any, text, response };
}

async function refused(address: string, more: Parameters<ApiHouse["call"]>[1] = {}) {
  const response = await house.call(address, more);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  return { response, said: problem.parse(await response.json()) };
}

describe("what everybody may read", () => {
  it("is the catalogue, page by page, each work once", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at = cursor === null ? "" : `&cursor=${cursor}`;
      const { value } = await answer("listWorks", `/works?limit=2${at}`);
      seen.push(...value.items.map((item: { id: string }) => item.id));
      cursor = value.next;
    } while (cursor !== null);
    expect(seen.sort()).toEqual([...house.stage.works.values()].sort());
    const { value: ofB } = await answer("listWorks", "/works?coop=b");
    expect(ofB.items.map((item: { id: string }) => item.id)).toEqual([house.stage.works.get("M1")]);
  });

  it("is one work by its id and by its address, co-ops, and people", async () => {
    const { value } = await answer("getWork", `/works/${house.stage.works.get("L1")}`);
    expect(value).toMatchObject({
      slug: "l1",
      price: { amount: 1500, currency: "cad" },
      coop: { slug: "a" },
    });
    expect((await answer("getWork", "/works/l1")).value.id).toBe(value.id);
    const { value: coops } = await answer("listCoops", "/coops");
    expect(coops.items.map(({ slug, works }: { slug: string; works: number }) => [slug, works])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    await answer("getCoop", "/coops/a");
    await answer("listPeople", "/people");
  });

  it("is not sent twice to who holds it already", async () => {
    const { response } = await answer("getWork", "/works/l1");
    const etag = response.headers.get("etag")!;
    const again = await house.call("/works/l1", { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("is described by what answers: a path for each operation, every reference there", async () => {
    const response = await house.call("/openapi.json");
    const text = await response.text();
    const described = JSON.parse(text);
    expect(described.openapi).toBe("3.1.0");
    for (const { path, method, name } of operations)
      expect(described.paths[path][method.toLowerCase()].operationId).toBe(name);
    for (const [, id] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      expect(described.components.schemas).toHaveProperty(id!);
    expect(described.components.schemas.Sale.properties.amount).toMatchObject({ type: "integer" });
    expect(Object.keys(described.webhooks)).toContain("sale.paid");
    expect(text).not.toContain("$schema");
  });
});

describe("what a key may read", () => {
  it("is its co-op's lines of a sale, never who bought, never the others' lines", async () => {
    const { value, text } = await answer("listSales", "/sales", { key: keyA });
    expect(value.items.map((sale: { id: string }) => sale.id)).toEqual([soldByBoth, soldByA]);
    expect(value.items.map((sale: { amount: number }) => sale.amount)).toEqual([800, 1500]);
    expect(text).not.toContain("prive.example");
    const { value: ofB, text: textB } = await answer("listSales", "/sales", { key: keyB });
    expect(ofB.items.map((sale: { amount: number }) => sale.amount)).toEqual([1200]);
    expect(textB).not.toContain("L2");
  });

  it("is one sale with entries that balance, those of others in one posting", async () => {
    const { value } = await answer("getSale", `/sales/${soldByBoth}`, { key: keyB });
    expect(value.lines.map(({ title }: { title: string }) => title)).toEqual(["M1"]);
    const split = value.entries.find(({ kind }: { kind: string }) => kind === "split");
    const sum = split.postings.reduce((all: number, { amount }: { amount: number }) => all + amount, 0);
    expect(sum).toBe(0);
    const ofB = house.stage.coops.get("B")!;
    const members = ["dan", "eve", "farid"].map((name) => `member:${house.stage.members.get(name)!.id}`);
    const accounts: string[] = value.entries.flatMap(({ postings }: { postings: { account: string }[] }) =>
      postings.map(({ account }) => account),
    );
    expect(accounts).toContain(members[0]);
    for (const account of accounts)
      expect(account === "elsewhere" || account.startsWith(`coop:${ofB}:`) || members.includes(account)).toBe(
        true,
      );
  });

  it("is what was refunded of its lines", async () => {
    await refundSale(house.stage.db, house.stage.house, { saleId: soldByA, amount: 500, askedBy: null });
    await drain(house.stage);
    const { value } = await answer("getSale", `/sales/${soldByA}`, { key: keyA });
    expect(value.refunds).toMatchObject([{ state: "succeeded", amount: 500, currency: "cad" }]);
  });

  it("is statements whose rows lead from the opening to the closing, page by page", async () => {
    const ana = house.stage.members.get("ana")!.id;
    const { value: all } = await answer("getStatement", `/members/${ana}/statement?period=2026`, {
      key: keyA,
    });
    expect(all.items.length).toBeGreaterThan(1);
    const moved = all.items.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
    expect(all.opening + moved).toBe(all.closing);
    const { value: first } = await answer("getStatement", `/members/${ana}/statement?period=2026&limit=1`, {
      key: keyA,
    });
    const { value: second } = await answer(
      "getStatement",
      `/members/${ana}/statement?period=2026&limit=1&cursor=${first.next}`,
      { key: keyA },
    );
    expect(second.items[0].entryNumber).not.toBe(first.items[0].entryNumber);
    await answer("listMembers", "/members", { key: keyA });
  });

  it("is payouts to its members alone", async () => {
    const { value } = await answer("listPayouts", "/payouts", { key: keyB });
    const theirs = ["dan", "eve", "farid"].map((name) => house.stage.members.get(name)!.id);
    expect(value.items.length).toBeGreaterThan(0);
    for (const { memberId } of value.items) expect(memberId === null || theirs.includes(memberId)).toBe(true);
  });
});

describe("what a key may write", () => {
  it("is the fields of a record, as the desk would, with a trace", async () => {
    const id = house.stage.works.get("L2")!;
    const { response } = await answer("getRecord", `/records/${id}`, { key: keyA });
    const etag = response.headers.get("etag")!;
    const change = (json: unknown, headers: Record<string, string> = {}) =>
      house.call(`/records/${id}`, { key: keyA, method: "PATCH", json, headers });
    const changed = await change({ subtitle: "  Un sous-titre ", publishedOn: null }, { "if-match": etag });
    expect(changed.status).toBe(200);
    expect((await changed.json()).fields.subtitle).toBe("Un sous-titre");
    expect((await change({ subtitle: "Autre" }, { "if-match": etag })).status).toBe(412);
    expect((await change({ subtitle: "Autre" })).status).toBe(200);
    expect((await change({ rien: 1 })).status).toBe(422);
    expect((await change({ identifiers: [{ scheme: "isbn", value: "9780000000000" }] })).status).toBe(422);
    expect((await change({ title: "" })).status).toBe(422);
    const traces = await house.stage.db.selectFrom("audit").selectAll().execute();
    expect(
      traces.some(({ subject, person_id }) => subject === `work:${id}` && person_id === house.staff.adminA),
    ).toBe(true);
  });

  it("is nothing that is not JSON", async () => {
    const id = house.stage.works.get("L2")!;
    const sent = await refused(`/records/${id}`, {
      ...{ key: keyA, method: "PATCH", json: {} },
      headers: { "content-type": "text/plain" },
    });
    expect(sent.said).toMatchObject({ status: 415, code: "not_json" });
  });
});

describe("what a key may not", () => {
  it("is anything of another co-op: it does not exist", async () => {
    const dan = house.stage.members.get("dan")!.id;
    const ana = house.stage.members.get("ana")!.id;
    const work = { a: house.stage.works.get("L1"), b: house.stage.works.get("M1") };
    const closed: [string, string, string?][] = [
      [`/sales/${soldByA}`, keyB],
      [`/members/${dan}/statement?period=2026`, keyA],
      [`/members/${ana}/statement?period=2026`, keyB],
      [`/records/${work.b}`, keyA],
      [`/records/${work.a}`, keyB],
      [`/records/${work.a}`, keyB, "PATCH"],
    ];
    for (const [address, key, method] of closed) {
      const { said } = await refused(address, { key, ...(method && { method, json: { subtitle: "x" } }) });
      expect([address, said.status]).toEqual([address, 404]);
    }
  });

  it("is anything that its scopes do not name", async () => {
    const scoped = operations.filter(({ scope }) => scope !== null);
    expect(scoped.length).toBeGreaterThan(6);
    for (const given of ["catalogue:read", "sales:read", "statements:read", "payouts:read"] as const) {
      const { secret } = await house.keyOf("A", [given]);
      for (const { path, method, scope } of scoped) {
        const address = path.replace("{id}", house.stage.works.get("L1")!);
        const json = method === "PATCH" ? { json: {} } : {};
        const response = await house.call(address, { key: secret, method, ...json });
        expect([given, method, path, response.status === 403]).toEqual([
          given,
          method,
          path,
          scope !== given,
        ]);
        const bare = await house.call(address, { method, ...json });
        expect([method, path, bare.status]).toEqual([method, path, 401]);
      }
    }
  });

  it("is anything once it is unknown, over or revoked, or its maker is no admin any more", async () => {
    const { said, response } = await refused("/works", { key: "ventes_rien" });
    expect(said.code).toBe("unknown_key");
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    const soon = new Date(house.stage.clock.now().getTime() + 60_000);
    const short = await house.keyOf("A", ["sales:read"], soon);
    expect((await house.call("/sales", { key: short.secret })).status).toBe(200);
    house.stage.clock.advance(120_000);
    expect((await house.call("/sales", { key: short.secret })).status).toBe(401);

    const { id, secret } = await house.keyOf("A");
    await revokeKey(house.stage.db, house.stage.house, {
      ...{ id, coopId: house.stage.coops.get("A")!, by: house.staff.adminA },
    });
    expect((await house.call("/sales", { key: secret })).status).toBe(401);

    const { secret: lone } = await house.keyOf("B");
    const role = () =>
      house.stage.db
        .updateTable("coop_role")
        .where("person_id", "=", house.staff.adminB)
        .where("coop_id", "=", house.stage.coops.get("B")!);
    await role().set({ role: "curator" }).execute();
    expect((await house.call("/sales", { key: lone })).status).toBe(401);
    await role().set({ role: "admin" }).execute();
    expect((await house.call("/sales", { key: lone })).status).toBe(200);
  });

  it("is more calls than a minute holds", async () => {
    const { secret } = await house.keyOf("A", ["sales:read"]);
    for (let i = 0; i < mostCalls.key; i += 1) await house.call("/members", { key: secret });
    const { said, response } = await refused("/sales", { key: secret });
    expect(said.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    house.stage.clock.advance(61_000);
    expect((await house.call("/sales", { key: secret })).status).toBe(200);
    for (let i = 0; i < mostCalls.visitor; i += 1) await house.call("/coops", { visitor: "192.0.2.1" });
    expect((await house.call("/coops", { visitor: "192.0.2.1" })).status).toBe(429);
    expect((await house.call("/coops", { visitor: "192.0.2.2" })).status).toBe(200);
  });
});

describe("a refusal", () => {
  it("is said in words, in French, in English where that is asked", async () => {
    const { said } = await refused("/works?limite=3");
    expect(said).toMatchObject({ status: 400, code: "bad_request", field: "limite" });
    expect(said.detail).toContain("«\u00a0limite\u00a0»");
    const english = await refused("/rien", { headers: { "accept-language": "en-CA" } });
    expect(english.said).toMatchObject({ status: 404, title: "Not found" });
    expect((await refused("/works", { method: "DELETE" })).said.status).toBe(405);
    expect((await refused("/works?cursor=rien")).said.field).toBe("cursor");
    expect((await refused("/works/00000000-0000-7000-8000-000000000000")).said.status).toBe(404);
  });
});

it("keeps of a key what knows it again, and no more", async () => {
  const { id, secret } = await house.keyOf("A");
  const row = await house.stage.db
    .selectFrom("api_key")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(secret);
  expect(secret.endsWith(row.hint)).toBe(true);
});
