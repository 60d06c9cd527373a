/** What the tests of shop, library and delivery stand on: a co-op, two people, works put straight on the shelf, a real bucket. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { startS3 } from "#dev/emulators/s3/server.ts";
import { indexWork } from "#domain/catalogue/index-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import type { House } from "#domain/house.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { setClock } from "#gateways/clock.ts";
import { createStorage } from "#gateways/storage.ts";
import { freshDatabase } from "#tests/database.ts";

type Shelved = {
  slug: string;
  title: string;
  kind?: "book" | "album";
  by?: { name: string; role: string }[];
  price?: number;
  priceKind?: "fixed" | "open";
  language?: string;
  description?: { fr?: string; en?: string };
  subjects?: string[];
  state?: "published" | "draft" | "withdrawn";
  day?: number;
};

export async function openShelf() {
  const scratch = await freshDatabase();
  const { db } = scratch;
  const folder = await mkdtemp(join(tmpdir(), "shelf-"));
  const keys = { accessKeyId: "clef", secretAccessKey: "secret" };
  const bucket = await startS3({ dataDir: folder, ...keys });
  const storage = createStorage({
    endpoint: bucket.url,
    region: "us-east-1",
    bucket: "oeuvres",
    forcePathStyle: true,
    ...keys,
  });
  await storage.ensureBucket(["https://ventes.test"]);
  const clock = setClock("2026-03-01T10:00:00-05:00");
  const house = { clock, storage, queue: scratch.queue } as unknown as House;
  const { id: coopId } = await foundCoop(db, house, {
    slug: "fleuve",
    name: "Les Presses du Fleuve",
    legalForm: "coop_qc",
    place: "CA-QC",
  });
  const ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  const at = clock.now();
  const person = async (email: string) => {
    const id = v7();
    await db.insertInto("person").values({ id, email, created_at: at }).execute();
    return id;
  };
  const agents = new Map<string, string>();

  async function agent(name: string): Promise<string> {
    const known = agents.get(name);
    if (known) return known;
    const id = v7();
    agents.set(name, id);
    const slug = name
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replaceAll(/[^a-z]+/g, "-");
    await db.insertInto("agent").values({ id, name, slug, created_at: at }).execute();
    return id;
  }

  /** One file in the bucket with its asset; `body` is what it holds. */
  async function asset(
    workId: string,
    role: string,
    body: string | Buffer,
    more: { editionId?: string; mediaType?: string; position?: number; facts?: object } = {},
  ) {
    const id = v7();
    const key = `test/${id}`;
    const mediaType = more.mediaType ?? (role === "cover" ? "image/webp" : "application/epub+zip");
    await storage.write(key, Buffer.from(body as string), { contentType: mediaType });
    await db
      .insertInto("asset")
      .values({
        id,
        work_id: workId,
        edition_id: more.editionId ?? null,
        role,
        position: more.position ?? 1,
        storage_key: key,
        media_type: mediaType,
        bytes: Buffer.byteLength(body),
        facts: JSON.stringify(more.facts ?? {}),
        created_at: at,
      })
      .execute();
    return id;
  }

  async function shelve(work: Shelved): Promise<string> {
    const id = v7();
    const state = work.state ?? "published";
    await db
      .insertInto("work")
      .values({
        id,
        coop_id: coopId,
        member_id: ana.memberId,
        slug: work.slug,
        kind: work.kind ?? "book",
        title: work.title,
        language: work.language ?? "fr",
        description: JSON.stringify(work.description ?? {}),
        subjects: JSON.stringify((work.subjects ?? []).map((label) => ({ label }))),
        price_kind: work.priceKind ?? "fixed",
        price: work.price ?? 1000,
        state,
        state_at: at,
        published_at: state === "draft" ? null : new Date(at.getTime() + (work.day ?? 0) * 86_400_000),
        created_at: at,
        updated_at: at,
      })
      .execute();
    for (const [i, { name, role }] of (work.by ?? []).entries()) {
      await db
        .insertInto("contribution")
        .values({ id: v7(), work_id: id, agent_id: await agent(name), role, position: i + 1 })
        .execute();
    }
    await indexWork(db, id);
    return id;
  }

  /** A sale settled elsewhere: one line, and the right that it gave. */
  async function sold(workId: string, buyer: { email: string; personId?: string | null }) {
    const [saleId, lineId, rightId] = [v7(), v7(), v7()];
    const { email } = buyer;
    const person_id = buyer.personId ?? null;
    await db
      .insertInto("sale")
      .values({
        id: saleId,
        state: "claimed",
        email,
        person_id,
        locale: "fr",
        currency: "cad",
        total: 0,
        idempotency_key: saleId,
        opened_at: at,
        expires_at: at,
        paid_at: at,
      })
      .execute();
    await db
      .insertInto("sale_line")
      .values({
        id: lineId,
        sale_id: saleId,
        position: 1,
        work_id: workId,
        coop_id: coopId,
        title: "Tel que vendu",
        quantity: 1,
        unit_price: 0,
        amount: 0,
      })
      .execute();
    await db
      .insertInto("download_right")
      .values({
        id: rightId,
        sale_line_id: lineId,
        work_id: workId,
        email,
        person_id,
        copies: 1,
        granted_at: at,
      })
      .execute();
    return { saleId, rightId };
  }

  return {
    ...{ db, url: scratch.url, house, clock, coopId, ana, person, shelve, asset, sold },
    async close() {
      storage.close();
      await bucket.close();
      await scratch.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
