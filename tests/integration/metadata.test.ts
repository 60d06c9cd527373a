import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { findStudioWork } from "#domain/catalogue/studio-queries.server.ts";
import { findCover } from "#domain/delivery/queries.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { findUpload } from "#domain/uploads/queries.server.ts";
import { removeUpload } from "#domain/uploads/remove-upload.server.ts";
import { epub, pdf, picture, wav } from "#tests/hostile/make-files.ts";
import { inspectAssetTask } from "#workers/tasks/inspect-asset.ts";
import { makeDerivativesTask } from "#workers/tasks/make-derivatives.ts";
import { uploadsHouse } from "./uploads-house.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let at: Awaited<ReturnType<typeof uploadsHouse>>;
let folder: string;
beforeAll(async () => {
  at = await uploadsHouse();
  folder = await mkdtemp(join(tmpdir(), "metadata-"));
});
afterAll(async () => {
  await at.close();
  await rm(folder, { recursive: true, force: true });
});

const mine = (uploadId: string) => ({ personId: at.ana.personId, uploadId });
const inspect = (uploadId: string) => inspectAssetTask(at.db, at.house, { uploadId });
const derive = (uploadId: string) => makeDerivativesTask(at.db, at.house, { uploadId });
const record = async (workId: string) => (await findStudioWork(at.db, at.ana.personId, workId))!;
const slugOf = async (workId: string) => (await record(workId)).slug;
const page = async (workId: string) =>
  (await findWorkPage(at.db, at.house, { slug: await slugOf(workId), personId: at.ana.personId }))!;
const readKey = async (key: string) => Buffer.concat(await (await at.house.storage.read(key)).toArray());

async function book(name: string, metadata: string): Promise<Buffer> {
  const cover = await picture(700, 1_000);
  const manifest = `<item id="cover" href="c.jpg" media-type="image/jpeg" properties="cover-image"/>`;
  return readFile(await epub(folder, name, { metadata, manifest, files: { "c.jpg": cover } }));
}
const OIES = `<dc:identifier id="id">urn:isbn:9780306406157</dc:identifier><dc:title>La Grève aux oies</dc:title><dc:creator id="a">Aurèle Simard</dc:creator><meta refines="#a" property="file-as">Simard, Aurèle</meta><dc:language>fr-CA</dc:language><dc:subject>Récits</dc:subject><dc:description>&lt;p&gt;Un fleuve, des oies.&lt;/p&gt;</dc:description>`;

describe("a book", () => {
  it("fills its record in, says where from, and keeps what the artist had said first", async () => {
    const workId = await at.start("book", "Mon titre à moi");
    const uploadId = await at.send(workId, "oies.epub", await book("oies.epub", OIES));
    await inspect(uploadId);
    const filled = await record(workId);
    expect(filled).toMatchObject({
      title: "Mon titre à moi",
      language: "fr-CA",
      description: { fr: "Un fleuve, des oies." },
      subjects: [{ label: "Récits" }],
      credits: [{ name: "Aurèle Simard", role: "author" }],
      identifiers: [{ scheme: "isbn", value: "9780306406157" }],
      origins: { title: { origin: "artist" }, language: { origin: "file", source: "opf:dc:language" } },
    });
    expect(await findUpload(at.db, mine(uploadId))).toMatchObject({
      state: "accepted",
      verdict: "accepted",
      mediaType: "application/epub+zip",
    });
    expect(await at.jobs(uploadId)).toEqual(["inspect-asset", "make-derivatives"]);

    await inspect(uploadId);
    expect(await record(workId)).toEqual(filled);
    expect(await at.jobs(uploadId)).toHaveLength(2);
  });

  it("takes a correction for what it is, field by field, and a new file does not undo it", async () => {
    const workId = await at.start("book");
    await inspect(await at.send(workId, "oies.epub", await book("un.epub", OIES)));
    const values = {
      title: "La Grève aux oies",
      language: "fr-CA",
      publisher: "Rives",
      series: { name: "Rives", position: 1 },
      contributors: [
        { name: "Aurèle Simard", role: "author" as const },
        { name: "Maude Landry", role: "illustrator" as const },
      ],
    };
    const asArtist = { personId: at.ana.personId, workId, as: "artist" as const };
    expect(await correctRecord(at.db, at.house, { ...asArtist, values })).toEqual({
      changed: ["publisher", "series", "contributors"],
    });
    expect(await correctRecord(at.db, at.house, { ...asArtist, values })).toEqual({ changed: [] });
    expect((await record(workId)).origins).toMatchObject({
      title: { origin: "file" },
      publisher: { origin: "artist" },
    });

    at.clock.advance(1_000);
    const second = OIES.replace("La Grève aux oies", "Deuxième état").replace(
      "</dc:language>",
      "</dc:language><dc:publisher>Une autre</dc:publisher>",
    );
    await inspect(await at.send(workId, "oies-2.epub", await book("deux.epub", second)));
    const after = await record(workId);
    expect(after).toMatchObject({
      title: "Deuxième état",
      publisher: "Rives",
      series: { name: "Rives", position: 1 },
    });
    expect(after.credits.map(({ name }) => name)).toEqual(["Aurèle Simard", "Maude Landry"]);
    const originals = await at.db
      .selectFrom("asset")
      .select("replaced_at")
      .where("work_id", "=", workId)
      .where("role", "=", "original")
      .orderBy("created_at")
      .execute();
    expect(originals.map(({ replaced_at }) => replaced_at !== null)).toEqual([true, false]);
  });

  it("lets a draft be without a title, and no work that is in the shop", async () => {
    const workId = await at.start("book", "Un titre");
    const untitled = { personId: at.ana.personId, workId, as: "artist" as const, values: { title: " " } };
    const state = (state: string) =>
      at.db
        .updateTable("work")
        .set({ state, published_at: at.clock.now() })
        .where("id", "=", workId)
        .execute();
    await state("published");
    await expect(correctRecord(at.db, at.house, untitled)).rejects.toMatchObject({
      code: "field_invalid",
      details: { field: "title" },
    });
    await state("draft");
    expect(await correctRecord(at.db, at.house, untitled)).toEqual({ changed: ["title"] });
  });

  it("lets a curator of the co-op correct, and nobody else; refuses a wrong check digit", async () => {
    const workId = await at.start("book", "x");
    const asCurator = { personId: at.ben.personId, workId, as: "curator" as const };
    await expect(
      correctRecord(at.db, at.house, { ...asCurator, values: { title: "y" } }),
    ).rejects.toMatchObject({ code: "not_found" });
    await grantRole(at.db, at.house, {
      coopId: at.coopId,
      personId: at.ben.personId,
      role: "curator",
      by: null,
    });
    await correctRecord(at.db, at.house, {
      ...asCurator,
      values: {
        title: "Corrigé",
        language: "français",
        subjects: [{ label: "Poésie", scheme: "thema", code: "DCF" }],
      },
    });
    expect(await record(workId)).toMatchObject({
      title: "Corrigé",
      language: "fr",
      origins: { title: { origin: "curator" } },
    });
    const identifiers = [{ scheme: "isbn" as const, value: "978-0-306-40615-8" }];
    await expect(
      correctRecord(at.db, at.house, { ...asCurator, values: { identifiers } }),
    ).rejects.toMatchObject({ code: "field_invalid", details: { field: "identifiers" } });
    await correctRecord(at.db, at.house, {
      ...asCurator,
      values: { identifiers: [{ scheme: "isbn", value: "0-306-40615-2" }] },
    });
    expect((await record(workId)).identifiers).toMatchObject([{ scheme: "isbn", value: "9780306406157" }]);
    const audits = await at.db
      .selectFrom("audit")
      .selectAll()
      .where("subject", "=", `work:${workId}`)
      .execute();
    expect(audits.map(({ verb }) => verb)).toEqual(["correct-record", "correct-record"]);
  });

  it("gets its covers, and a sample to leaf through: pages without script and a small EPUB", async () => {
    const workId = await at.start("book");
    const uploadId = await at.send(workId, "oies.epub", await book("trois.epub", OIES));
    await inspect(uploadId);
    await derive(uploadId);
    await derive(uploadId);
    const shown = await page(workId);
    expect(shown.cover?.widths).toEqual([240, 480, 700]);
    expect(shown.cover?.colour).toMatch(/^#[0-9a-f]{6}$/);
    const file = (step: number, mediaType: string) =>
      findCover(at.db, { coverId: shown.cover!.id, step, mediaType, personId: at.ana.personId });
    for (const mediaType of ["image/avif", "image/webp", "image/jpeg"])
      expect(await file(960, mediaType)).toMatchObject({ mediaType });
    expect(await file(1920, "image/jpeg")).toBeNull();
    expect(
      await findCover(at.db, {
        ...{ coverId: shown.cover!.id, step: 240 },
        mediaType: "image/jpeg",
        personId: null,
      }),
    ).toBeNull();
    expect(shown.samplePages).toBe(1);
    expect(shown.contents[0]).toEqual({ title: "Le fleuve", depth: 0 });
    const assets = await at.db
      .selectFrom("asset")
      .selectAll()
      .where("upload_id", "=", uploadId)
      .where("replaced_at", "is", null)
      .execute();
    const fragment = (
      await readKey(assets.find(({ role }) => role === "sample_page")!.storage_key)
    ).toString();
    expect(fragment).toMatch(/^<div lang="fr-CA" dir="ltr"><h1>Le fleuve<\/h1>/);
    const sample = await at.send(
      workId,
      "extrait.epub",
      await readKey(assets.find(({ role }) => role === "sample_epub")!.storage_key),
    );
    await inspect(sample);
    expect(await findUpload(at.db, mine(sample))).toMatchObject({ state: "accepted", verdict: "accepted" });
  });

  it("prefers the cover that the artist sends, then the book's, then a PDF's first page", async () => {
    const workId = await at.start("book");
    const coverOf = async () => {
      const { media_type: from } = await at.db
        .selectFrom("work")
        .innerJoin("asset", "asset.id", "work.cover_id")
        .innerJoin("upload", "upload.id", "asset.upload_id")
        .select("upload.media_type")
        .where("work.id", "=", workId)
        .executeTakeFirstOrThrow();
      return from;
    };
    const all = [
      ["livre.pdf", pdf({ info: "/Title (Le fleuve)" })],
      ["couverture.png", await picture(800, 1_200, "png")],
      ["livre.epub", await book("quatre.epub", OIES)],
    ] as const;
    const seen: (string | null)[] = [];
    for (const [name, content] of all) {
      const uploadId = await at.send(workId, name, content);
      await inspect(uploadId);
      await derive(uploadId);
      seen.push(await coverOf());
    }
    expect(seen).toEqual(["application/pdf", "image/png", "image/png"]);
    expect((await record(workId)).formats).toEqual(["epub", "pdf"]);
    // Leafed through once, by the pages of the EPUB, although the PDF's were drawn first.
    const leaves = await at.db
      .selectFrom("asset")
      .innerJoin("upload", "upload.id", "asset.upload_id")
      .select(["upload.media_type", "asset.replaced_at"])
      .where("asset.work_id", "=", workId)
      .where("asset.role", "=", "sample_page")
      .execute();
    const shown = leaves.filter(({ replaced_at }) => replaced_at === null).map((leaf) => leaf.media_type);
    expect(shown).toEqual(["application/epub+zip"]);
    expect(leaves).toHaveLength(2);
  });

  it("tells why a file is refused, and keeps nothing of it", async () => {
    const workId = await at.start("book");
    const uploadId = await at.send(workId, "faux.epub", Buffer.from("rien de bon"));
    await inspect(uploadId);
    expect(await findUpload(at.db, mine(uploadId))).toMatchObject({
      state: "refused",
      reasons: [{ code: "unknown_type" }],
      found: [],
    });
    const twice = await book("cinq.epub", OIES);
    await inspect(await at.send(workId, "a.epub", twice));
    const again = await at.send(workId, "b.epub", twice);
    await inspect(again);
    expect(await findUpload(at.db, mine(again))).toMatchObject({
      state: "refused",
      reasons: [{ code: "duplicate" }],
    });
    expect(
      await at.db.selectFrom("asset").select("id").where("upload_id", "in", [uploadId, again]).execute(),
    ).toEqual([]);
  });
});

describe("an album", () => {
  const track = (title: string, artist: string, more: Record<string, string> = {}) =>
    wav({ tags: { INAM: title, IART: artist, IPRD: "Airs d’ici", ...more } });

  it("is filled in from its tracks, read side by side, and has a preview of each with its wave", async () => {
    const workId = await at.start("album");
    const uploads = await Promise.all([
      at.send(workId, "01 Alouette.wav", track("Alouette", "Les Airs", { ITRK: "1", IGNR: "Folklore" })),
      at.send(workId, "02 V’là.wav", track("V’là l’bon vent", "Les Airs", { ITRK: "2" })),
      at.send(workId, "03 Sans rang.wav", track("Sans rang", "Éloïse Côté")),
    ]);
    await Promise.all(uploads.map(inspect));
    for (const uploadId of uploads) await derive(uploadId);
    const album = await record(workId);
    expect(album).toMatchObject({
      title: "Airs d’ici",
      subjects: [{ label: "Folklore" }],
      origins: { title: { source: "riff:IPRD" } },
    });
    expect(album.credits.map(({ name, role }) => `${name} ${role}`).sort()).toEqual([
      "Les Airs performer",
      "Éloïse Côté performer",
    ]);
    const { tracks, durationMs } = await page(workId);
    expect(tracks.map(({ title }) => title).sort()).toEqual(["Alouette", "Sans rang", "V’là l’bon vent"]);
    expect(new Set(tracks.map(({ position }) => position)).size).toBe(3);
    expect(durationMs).toBe(6_000);
    const previews = await at.db
      .selectFrom("asset")
      .selectAll()
      .where("work_id", "=", workId)
      .where("role", "=", "preview")
      .execute();
    expect(previews.map(({ id }) => id).sort()).toEqual(tracks.map(({ preview }) => preview?.id).sort());
    for (const { facts, media_type: type, bytes } of previews) {
      const { peaks, durationMs: heard } = facts as { peaks: number[]; durationMs: number };
      expect(type).toBe("audio/mpeg");
      expect(bytes).toBeGreaterThan(10_000);
      expect(heard).toBeGreaterThan(1_900);
      expect(peaks).toHaveLength(200);
      expect(Math.max(...peaks)).toBe(1);
    }
  });

  it("says so when there is no ffmpeg, and goes on without previews", async () => {
    const workId = await at.start("album");
    const uploadId = await at.send(workId, "a.wav", track("Alouette", "Les Airs"));
    await inspect(uploadId);
    const settings = { ...at.house.settings, ffmpegPath: "/nowhere/ffmpeg" };
    await makeDerivativesTask(at.db, { ...at.house, settings }, { uploadId });
    const { inspection } = await at.db
      .selectFrom("upload")
      .select("inspection")
      .where("id", "=", uploadId)
      .executeTakeFirstOrThrow();
    expect(inspection).toMatchObject({ notMade: ["no_ffmpeg"] });
    expect((await findUpload(at.db, mine(uploadId)))?.reasons).toEqual([{ code: "no_ffmpeg" }]);
    await derive(uploadId);
    expect((await page(workId)).tracks[0]?.preview?.peaks).toHaveLength(200);
  });

  it("forgets a track that its artist takes out, until the album has been published", async () => {
    const workId = await at.start("album");
    const [one, two] = [
      await at.send(workId, "a.wav", track("Une", "Les Airs")),
      await at.send(workId, "b.wav", track("Deux", "Les Airs")),
    ];
    for (const uploadId of [one, two]) await inspect(uploadId).then(() => derive(uploadId));
    await removeUpload(at.db, at.house, mine(one));
    await removeUpload(at.db, at.house, mine(one));
    expect((await page(workId)).tracks.map(({ title }) => title)).toEqual(["Deux"]);
    await at.db.updateTable("work").set({ published_at: at.clock.now() }).where("id", "=", workId).execute();
    await expect(removeUpload(at.db, at.house, mine(two))).rejects.toMatchObject({ code: "upload_sold" });
  });

  it("takes the picture that comes with it for its cover", async () => {
    const workId = await at.start("album");
    const uploadId = await at.send(workId, "pochette.jpg", await picture(1_200, 1_200));
    await inspect(uploadId);
    await derive(uploadId);
    const { cover } = await page(workId);
    expect(cover?.widths).toEqual([240, 480, 960]);
    const avif = { coverId: cover!.id, step: 240, mediaType: "image/avif", personId: at.ana.personId };
    const file = (await findCover(at.db, avif))!;
    expect((await sharp(await readKey(file.storageKey)).metadata()).format).toBe("heif");
  });
});
