import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EPub } from "epub2";
import * as mupdf from "mupdf";
import { parseFile } from "music-metadata";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isbnCheckDigit } from "#dev/works/catalogue/identifiers.ts";
import { themaLabels } from "#dev/works/catalogue/thema.ts";
import { books, people, personOf, plans } from "#dev/works/catalogue.ts";
import { coverSvg } from "#dev/works/covers.ts";
import { findFfmpeg } from "#dev/works/encode.ts";
import { typeset } from "#dev/works/french.ts";
import type { MadeWork } from "#dev/works/make.ts";
import { makeDemoWorks } from "#dev/works/make.ts";
import { manuscript } from "#dev/works/manuscript.ts";
import type { AlbumPlan, Plan } from "#dev/works/plan.ts";

const albums = plans.filter((plan): plan is AlbumPlan => plan.kind === "album");

describe("the plans", () => {
  test("are as many as the shop needs, of both co-ops, with their own slugs", () => {
    const count = (kind: Plan["kind"], coop: Plan["coop"]) =>
      plans.filter((plan) => plan.kind === kind && plan.coop === coop).length;
    expect(count("book", "presses-du-fleuve")).toBeGreaterThanOrEqual(13);
    expect(count("album", "presses-du-fleuve")).toBeGreaterThanOrEqual(7);
    expect(count("book", "atelier-des-halles")).toBeGreaterThanOrEqual(11);
    expect(count("album", "atelier-des-halles")).toBeGreaterThanOrEqual(5);
    expect(new Set(plans.map(({ slug }) => slug)).size).toBe(plans.length);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
  });

  test("share the whole, between people who are credited", () => {
    for (const plan of plans) {
      expect(
        plan.shares.reduce((sum, { bp }) => sum + bp, 0),
        plan.slug,
      ).toBe(10000);
      expect(new Set(plan.shares.map(({ person }) => person)).size, plan.slug).toBe(plan.shares.length);
      for (const { person, bp } of plan.shares) {
        expect(bp).toBeGreaterThan(0);
        expect(
          plan.credits.some((credit) => credit.person === person),
          `${plan.slug}: ${person}`,
        ).toBe(true);
      }
    }
  });

  test("are free, or cost at least what a card can be charged", () => {
    for (const { slug, price } of plans) {
      if (price.kind === "fixed") expect(price.amount, slug).toBeGreaterThanOrEqual(50);
      if (price.kind === "open") {
        expect(price.floor === 0 || price.floor >= 50, slug).toBe(true);
        expect(price.suggested, slug).toBeGreaterThanOrEqual(price.floor);
      }
    }
    expect(new Set(plans.map(({ price }) => price.kind))).toEqual(new Set(["fixed", "open", "free"]));
  });

  test("carry identifiers that are valid and each used once", () => {
    const isbns = books.flatMap(({ isbn, isbnPdf }) => (isbnPdf ? [isbn, isbnPdf] : [isbn]));
    expect(new Set(isbns).size).toBe(isbns.length);
    for (const isbn of isbns) {
      expect(isbn).toMatch(/^9782\d{9}$/);
      expect(isbn[12]).toBe(isbnCheckDigit(isbn.slice(0, 12)));
    }
    // A known book, so that the rule itself is held: 978-2-07-036822-8.
    expect(isbnCheckDigit("978207036822")).toBe("8");
    const isrcs = albums.flatMap(({ tracks }) => tracks.map(({ isrc }) => isrc));
    expect(new Set(isrcs).size).toBe(isrcs.length);
    expect(isrcs.length).toBeGreaterThanOrEqual(44);
    for (const isrc of isrcs) expect(isrc).toMatch(/^(CB|FR)[A-Z0-9]{3}26\d{5}$/);
  });

  test("name their subjects", () => {
    for (const { thema, slug } of books)
      for (const code of thema) expect(themaLabels[code], `${slug}: ${code}`).toBeDefined();
  });

  test("have a text with contents, and a cover like no other", () => {
    for (const book of books) {
      const chapters = manuscript(book);
      expect(chapters.length, book.slug).toBeGreaterThanOrEqual(3);
      expect(
        chapters.every(({ blocks }) => blocks.length > 0),
        book.slug,
      ).toBe(true);
      expect(JSON.stringify(chapters), book.slug).not.toMatch(/[{]\w+[}]|undefined| [;?!]|« /);
      if (book.formats.includes("pdf")) expect(book.isbnPdf, book.slug).toBeDefined();
    }
    const drawn = plans.map((plan) => createHash("sha256").update(coverSvg(plan)).digest("hex"));
    expect(new Set(drawn).size).toBe(plans.length);
    expect(new Set(plans.map(({ cover }) => cover.design)).size).toBeGreaterThanOrEqual(8);
  });
});

describe("the files, read by others", () => {
  let dir: string;
  let made: Map<string, MadeWork>;
  let bench: string | null;
  const chosen = [
    "les-eaux-hautes",
    "what-the-lamp-says",
    "fenetre-ouverte",
    "valses-de-poche",
    "signal-faible",
    "harpe-des-pentes",
  ];

  /** One short track of an album is enough to read its tags: the sound itself is not judged here. */
  const shortened = (plan: Plan): Plan =>
    plan.kind === "album"
      ? { ...plan, tracks: plan.tracks.slice(0, 1).map((track) => ({ ...track, seconds: 6 })) }
      : plan;

  beforeAll(async () => {
    bench = await findFfmpeg();
    dir = await mkdtemp(join(tmpdir(), "demo-works-"));
    const wanted = chosen.map((slug) => shortened(plans.find((plan) => plan.slug === slug) as Plan));
    made = new Map((await makeDemoWorks(dir, () => {}, wanted)).map((work) => [work.plan.slug, work]));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const work = (slug: string) => made.get(slug) as MadeWork;
  const file = (slug: string, end: string) =>
    work(slug).files.find(({ path }) => path.endsWith(end))?.path as string;

  test("epub2 reads the title, the makers, the series, the contents", async () => {
    const book = await EPub.createAsync(file("les-eaux-hautes", ".epub"));
    expect(book.metadata.title).toBe("Les eaux hautes");
    expect(book.metadata.creator).toBe("Maude Tessier-Roy");
    expect(book.metadata.language).toBe("fr");
    expect((book.metadata as { series?: string }).series).toBe("Les Battures");
    expect(book.metadata.subject).toContain("Saint-Laurent");
    const items = Object.values(book.manifest) as { id?: string; "media-type"?: string }[];
    const cover = items.find((item) => item["media-type"] === "image/jpeg");
    expect(cover?.id).toBe("cover-image");
    expect((book.toc as { title?: string }[]).map(({ title }) => title)).toContain("I. Ce que l’eau voulait");
    const translated = await EPub.createAsync(file("what-the-lamp-says", ".epub"));
    expect(translated.metadata.title).toBe("What the Lamp Says");
  });

  test("the EPUB begins with its media type, stored, and is the same each time", async () => {
    const bytes = await readFile(file("les-eaux-hautes", ".epub"));
    expect(bytes.toString("latin1", 30, 58)).toBe("mimetypeapplication/epub+zip");
    const again = await mkdtemp(join(tmpdir(), "demo-works-"));
    try {
      const [second] = await makeDemoWorks(again, () => {}, [work("les-eaux-hautes").plan]);
      expect((await readFile(second?.files[0]?.path as string)).equals(bytes)).toBe(true);
    } finally {
      await rm(again, { recursive: true });
    }
  });

  test("mupdf reads the PDF's title, author, outline and text, and opens the EPUB", async () => {
    const pdf = mupdf.Document.openDocument(
      await readFile(file("les-eaux-hautes", ".pdf")),
      "application/pdf",
    );
    expect(pdf.getMetaData("info:Title")).toBe("Les eaux hautes");
    expect(pdf.getMetaData("info:Author")).toBe("Maude Tessier-Roy");
    expect(pdf.loadOutline()?.map(({ title }) => title)).toContain("I. Ce que l’eau voulait");
    expect(pdf.countPages()).toBeGreaterThan(8);
    expect(pdf.loadPage(2).toStructuredText("").asText()).toContain("Elle est entrée par la porte");
    const epub = mupdf.Document.openDocument(
      await readFile(file("les-eaux-hautes", ".epub")),
      "application/epub+zip",
    );
    expect(epub.getMetaData("info:Title")).toBe("Les eaux hautes");
  });

  test("music-metadata reads the same tags and the cover in every format", async () => {
    for (const slug of ["fenetre-ouverte", "valses-de-poche", "signal-faible", "harpe-des-pentes"]) {
      const { plan, files } = work(slug) as MadeWork & { plan: AlbumPlan };
      const track = plan.tracks[0];
      const path = files[0]?.path as string;
      expect(path.endsWith(bench ? plan.format : "wav"), path).toBe(true);
      const { common, format } = await parseFile(path, { duration: true });
      expect(common.title, slug).toBe(typeset(track?.title ?? ""));
      expect(common.artist, slug).toBe(plan.artist);
      expect(common.album, slug).toBe(typeset(plan.title));
      expect(common.albumartist, slug).toBe(plan.artist);
      expect(common.track, slug).toEqual({ no: 1, of: 1 });
      expect(common.genre, slug).toEqual([plan.genre]);
      expect(common.isrc, slug).toEqual([track?.isrc]);
      expect(common.date, slug).toBe(plan.published);
      const composer = plan.credits.find(({ role }) => role === "composer");
      expect(common.composer?.join(), slug).toContain(personOf(composer?.person ?? "").name);
      expect(common.picture?.[0]?.format, slug).toBe("image/jpeg");
      expect(format.sampleRate === 44100 || format.sampleRate === 48000).toBe(true);
      expect(format.duration, slug).toBeGreaterThan(5);
    }
    const song = await parseFile(work("fenetre-ouverte").files[0]?.path as string);
    expect(JSON.stringify(song.common.lyrics)).toContain("J’ai laissé la fenêtre ouverte");
  });

  test("what is made is not made again", async () => {
    const before = await Promise.all([...made.values()].map(({ cover }) => readFile(cover)));
    const start = performance.now();
    const again = await makeDemoWorks(
      dir,
      () => {},
      [...made.values()].map(({ plan }) => plan),
    );
    expect(performance.now() - start).toBeLessThan(3000);
    expect(again).toEqual([...made.values()]);
    expect(new Set(before.map((bytes) => createHash("sha256").update(bytes).digest("hex"))).size).toBe(
      before.length,
    );
  });
});

test("without ffmpeg the music is WAV with the same tags", async () => {
  const dir = await mkdtemp(join(tmpdir(), "demo-works-"));
  const usual = process.env.FFMPEG_PATH;
  process.env.FFMPEG_PATH = join(dir, "no-such-program");
  try {
    const plan = plans.find(({ slug }) => slug === "fenetre-ouverte") as AlbumPlan;
    const short = { ...plan, tracks: plan.tracks.slice(0, 1).map((track) => ({ ...track, seconds: 6 })) };
    const [work] = await makeDemoWorks(dir, () => {}, [short]);
    const { common } = await parseFile(work?.files[0]?.path as string);
    expect(work?.files[0]?.mediaType).toBe("audio/wav");
    expect(common.title).toBe("Fenêtre ouverte");
    expect(common.isrc).toEqual([plan.tracks[0]?.isrc]);
    expect(common.picture).toHaveLength(1);
  } finally {
    if (usual === undefined) delete process.env.FFMPEG_PATH;
    else process.env.FFMPEG_PATH = usual;
    await rm(dir, { recursive: true, force: true });
  }
});
