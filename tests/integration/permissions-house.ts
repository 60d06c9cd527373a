/** What the matrix of permissions stands on: two co-ops that sell and one that does not, everybody who might come, the whole app. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AppLoadContext, createRequestHandler } from "@remix-run/node";
import { sql } from "kysely";
import { v7 } from "uuid";
import { startS3 } from "#dev/emulators/s3/server.ts";
import { composeCollection, makeCollection } from "#domain/catalogue/compose-collection.server.ts";
import { showCollection } from "#domain/catalogue/show-collection.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import type { House } from "#domain/house.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { answerReport } from "#domain/reports/answer-report.server.ts";
import { makeReport } from "#domain/reports/make-report.server.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { createStorage } from "#gateways/storage.ts";
import { openAsOwner } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";
import { buildOf, signedIn } from "./permissions-app.ts";

/**
 * Co-op A owns the platform, B has an account of its own, C is there and sells nothing. `ana` made L1 and L2 (A), `benoit` shares in
 * L1, `dan` made M1 (B), `carl` is a member of C; `buyer` bought L1; nobody knows `reader`.
 */
export const visitors = [
  "stranger",
  "reader",
  "buyer",
  "ana",
  "benoit",
  "dan",
  "carl",
  "curatorA",
  "treasurerA",
  "adminA",
  "curatorB",
  "treasurerB",
  "adminB",
  "adminC",
] as const;
export type Visitor = (typeof visitors)[number];
export type Answer = { status: number; to: string | null; text: string; headers: Headers };

const buyers = {
  a: "lectrice-a@prive.example",
  b: "lectrice-b@prive.example",
  ab: "lectrice-ab@prive.example",
  quarrelA: "litige-a@prive.example",
  quarrelB: "litige-b@prive.example",
};

export async function openPermissions() {
  const stage = await openMarket();
  const folder = await mkdtemp(join(tmpdir(), "permissions-"));
  const keys = { accessKeyId: "clef", secretAccessKey: "secret" };
  const bucket = await startS3({ dataDir: folder, ...keys });
  const settings = { endpoint: bucket.url, region: "us-east-1", bucket: "oeuvres", forcePathStyle: true };
  const storage = createStorage({ ...settings, ...keys });
  await storage.ensureBucket(["https://ventes.test"]);
  stage.house.storage = storage;
  const mail = { from: "ventes.coop <courrier@exemple.coop>" } as House["settings"]["mail"];
  stage.house.settings = { ...stage.house.settings, mail };

  const people = await makePeople(stage);
  const things = await makeThings(stage, people);
  const owner = openAsOwner(stage.database.url);
  const bugs: unknown[] = [];
  const handle = createRequestHandler(await buildOf(bugs), "test");
  const sessions = new Map<Visitor, string>();
  for (const [name, personId] of people) sessions.set(name, await signedIn(stage, personId));

  return {
    stage,
    ...things,
    buyers,
    /** What was thrown that is no answer to a visitor: each is a 500. */
    bugs,
    emailOf: (visitor: Visitor) => emailOf(visitor),
    /** As `server.ts` would ask the app, after its guards. */
    async ask(
      visitor: Visitor,
      address: string,
      more: { form?: Record<string, string> | undefined; json?: object | undefined; from?: string } = {},
    ): Promise<Answer> {
      const headers = new Headers({ "accept-language": "fr-CA" });
      const session = sessions.get(visitor);
      if (session) headers.set("cookie", session);
      if (more.json) headers.set("content-type", "application/json");
      const body = more.json ? JSON.stringify(more.json) : more.form && new URLSearchParams(more.form);
      const response = await handle(
        new Request(new URL(address, "http://127.0.0.1:3000"), {
          method: body ? "POST" : "GET",
          headers,
          ...(body && { body }),
        }),
        {
          db: stage.db,
          house: stage.house,
          nonce: "n",
          requestId: "r",
          visitor: more.from ?? null,
        } as AppLoadContext,
      );
      return {
        status: response.status,
        to: response.headers.get("location"),
        text: await response.text(),
        headers: response.headers,
      };
    },
    /** Of every row of every table, and of the jobs: the same before and after where nothing was written. */
    async fingerprint(): Promise<Record<string, string>> {
      const { rows: tables } = await sql<{ name: string }>`
        select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname = 'public' or (schemaname = 'pgboss' and tablename = 'job') order by 1`.execute(
        owner,
      );
      const parts = tables.map(
        ({ name }) => `select '${name}' as name,
          md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} as t`,
      );
      const { rows } = await sql
        .raw<{ name: string; digest: string }>(parts.join(" union all "))
        .execute(owner);
      return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
    },
    async close() {
      await owner.destroy();
      storage.close();
      await bucket.close();
      await rm(folder, { recursive: true, force: true });
      await stage.close();
    },
  };
}
export type Permissions = Awaited<ReturnType<typeof openPermissions>>;

const emailOf = (visitor: Visitor) =>
  visitor === "buyer"
    ? buyers.a
    : ["ana", "benoit", "dan"].includes(visitor)
      ? `${visitor}@exemple.org`
      : `${visitor.toLowerCase()}@gens.example`;

async function makePeople(stage: Stage): Promise<Map<Visitor, string>> {
  const { db, house, clock } = stage;
  const at = clock.now();
  const coopC = v7();
  stage.coops.set("C", coopC);
  await sql`insert into coop (id, slug, name, legal_form, place, money, tax_numbers, created_at)
    select ${coopC}, 'c', 'C', legal_form, place, 'own', tax_numbers, created_at from coop where slug = 'b'`.execute(
    db,
  );
  const people = new Map<Visitor, string>(
    (["ana", "benoit", "dan"] as const).map((name) => [name, stage.members.get(name)!.personId]),
  );
  for (const visitor of visitors) {
    if (visitor === "stranger" || people.has(visitor)) continue;
    const id = v7();
    people.set(visitor, id);
    await db
      .insertInto("person")
      .values({ id, email: emailOf(visitor), created_at: at })
      .execute();
    const [, role, coop] = /^(curator|treasurer|admin)([ABC])$/.exec(visitor) ?? [];
    if (role)
      await grantRole(db, house, {
        coopId: stage.coops.get(coop!)!,
        personId: id,
        role: role as "curator" | "treasurer" | "admin",
        by: null,
      });
  }
  const carl = { id: v7(), coop_id: coopC, person_id: people.get("carl")!, slug: "carl", name: "carl" };
  await db
    .insertInto("member")
    .values({ ...carl, joined_at: at })
    .execute();
  stage.members.set("carl", { id: carl.id, personId: carl.person_id });
  return people;
}

/** Everything that an address may name, of A and of B. */
async function makeThings(stage: Stage, people: Map<Visitor, string>) {
  const { db, house } = stage;
  const at = stage.clock.now();
  const member = (name: string) => stage.members.get(name)!.id;
  const sale = {
    a: await sell(stage, ["L1"], { email: buyers.a }),
    b: await sell(stage, ["M1"], { email: buyers.b }),
    ab: await sell(stage, ["L1", "M1"], { email: buyers.ab }),
  };
  const dispute = {
    a: await quarrel(stage, "L2", buyers.quarrelA),
    b: await quarrel(stage, "M1", buyers.quarrelB),
  };
  const draft = async (name: "ana" | "dan", kind: "book" | "album" = "book") =>
    startWork(db, house as House, {
      personId: people.get(name)!,
      memberId: member(name),
      kind,
      title: `Brouillon de ${name}`,
    });
  const drafts = { a: await draft("ana"), b: await draft("dan") };
  const albums = { a: await draft("ana", "album"), b: await draft("dan", "album") };
  const submitted = async (name: "ana" | "dan") => {
    const { workId } = await draft(name);
    const id = v7();
    await db.updateTable("work").set({ state: "submitted" }).where("id", "=", workId).execute();
    await db
      .insertInto("submission")
      .values({ id, work_id: workId, member_id: member(name), submitted_at: at })
      .execute();
    return id;
  };
  const submission = { a: await submitted("ana"), b: await submitted("dan") };
  const asset = async (workId: string, role: string, mediaType: string, position = 1) => {
    const id = v7();
    const storageKey = `test/${id}`;
    await house.storage.write(storageKey, Buffer.from(role), { contentType: mediaType });
    await db
      .insertInto("asset")
      .values({
        id,
        work_id: workId,
        role,
        position,
        storage_key: storageKey,
        media_type: mediaType,
        bytes: role.length,
        created_at: at,
      })
      .execute();
    return id;
  };
  const works = { a: stage.works.get("L1")!, a2: stage.works.get("L2")!, b: stage.works.get("M1")! };
  const original = {
    a: await asset(works.a, "original", "application/epub+zip"),
    b: await asset(works.b, "original", "application/epub+zip"),
  };
  const cover = {
    published: await asset(works.a, "cover", "image/webp", 480),
    draft: await asset(drafts.a.workId, "cover", "image/webp", 480),
  };
  const upload = async (name: "ana" | "dan", workId: string) =>
    (
      await openUpload(db, house, {
        personId: people.get(name)!,
        workId,
        fileName: "livre.epub",
        bytes: 1000,
        type: "application/epub+zip",
        lastModified: 1,
      })
    ).uploadId;
  const uploads = { a: await upload("ana", drafts.a.workId), b: await upload("dan", drafts.b.workId) };
  const steps = [{ kind: "fee", borne_by: "all" }, { kind: "shares" }];
  const propose = async (coop: string) =>
    (
      await proposeRule(db, house, {
        coopId: stage.coops.get(coop)!,
        steps,
        inForceFrom: new Date("2026-09-01T00:00:00-04:00"),
        by: null,
      })
    ).ruleId;
  const rule = { a: await propose("A"), b: await propose("B") };
  const difference = v7();
  await db
    .insertInto("difference")
    .values({
      id: difference,
      kind: "not_at_stripe",
      about: "essai",
      amount: 100,
      currency: "cad",
      found_at: at,
    })
    .execute();
  const collected = async (coop: "A" | "B", by: string, workId: string) => {
    const of = { by, coopId: stage.coops.get(coop)!, title: { fr: `Choix ${coop}`, en: "" } };
    const { collectionId } = await makeCollection(db, house, { ...of, about: { fr: "", en: "" } });
    await composeCollection(db, house, { by, collectionId, workIds: [workId] });
    return collectionId;
  };
  const collection = {
    a: await collected("A", people.get("curatorA")!, works.a),
    b: await collected("B", people.get("curatorB")!, works.b),
  };
  await showCollection(db, house, { collectionId: collection.a, by: people.get("curatorA")!, shown: true });
  const reported = async (slug: string, by: string) => {
    const id = v7();
    await makeReport(db, house, { id, slug, reason: "wrong", words: "Non.", email: null, locale: "fr" });
    await answerReport(db, house, { reportId: id, by, answer: "notice", words: "Voyez." });
    return id;
  };
  const report = {
    a: await reported("l1", people.get("curatorA")!),
    b: await reported("m1", people.get("curatorB")!),
  };
  const agent = { id: v7(), slug: "une-autrice" };
  await db
    .insertInto("agent")
    .values({ ...agent, name: "Une autrice", created_at: at })
    .execute();
  await db
    .insertInto("contribution")
    .values({ id: v7(), work_id: works.a, agent_id: agent.id, role: "author", position: 1 })
    .execute();
  const rightOf = async (saleId: string) =>
    (
      await db
        .selectFrom("download_right")
        .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
        .select("download_right.id")
        .where("sale_line.sale_id", "=", saleId)
        .executeTakeFirstOrThrow()
    ).id;
  const right = { a: await rightOf(sale.a), b: await rightOf(sale.b) };
  const secret = house.settings.sessionSecret;
  const access = { a: accessOf(secret, sale.a), b: accessOf(secret, sale.b) };
  const { id: shareList } = await db
    .selectFrom("share_list")
    .select("id")
    .where("work_id", "=", works.a)
    .executeTakeFirstOrThrow();
  return {
    sale,
    dispute,
    drafts,
    albums,
    submission,
    works,
    original,
    cover,
    uploads,
    rule,
    difference,
    collection,
    report,
    agent,
    right,
    access,
    shareList,
    member,
  };
}

async function quarrel(stage: Stage, work: string, email: string): Promise<string> {
  const saleId = await sell(stage, [work], { email });
  const { stripe_session: session } = await stage.db
    .selectFrom("sale")
    .select("stripe_session")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  await stage.double.control.dispute({ session: session! });
  await drain(stage);
  const { id } = await stage.db
    .selectFrom("dispute")
    .select("id")
    .where("sale_id", "=", saleId)
    .executeTakeFirstOrThrow();
  return id;
}
