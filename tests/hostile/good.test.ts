import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { recordOf } from "#domain/metadata/file-record.ts";
import { epub, file, page, pdf, picture, wav } from "./make-files.ts";
import { aiff, mp3 } from "./make-sounds.ts";
import { codes, readingRoom, said } from "./reading.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let room: Awaited<ReturnType<typeof readingRoom>>;
let read: typeof room.read;
beforeAll(async () => {
  room = await readingRoom();
  ({ folder, read } = room);
});
afterAll(() => room.close());

describe("a good file", () => {
  it("gives the record of a book, with where each field was read", async () => {
    const cover = await picture(600, 900);
    const book = await read(
      await epub(folder, "oies.epub", {
        metadata: `<dc:identifier id="id">urn:isbn:0-306-40615-2</dc:identifier><dc:title id="t">La Grève aux oies</dc:title><meta refines="#t" property="title-type">main</meta><dc:title id="s">Récits du fleuve</dc:title><meta refines="#s" property="title-type">subtitle</meta><dc:creator id="a">Aurèle Simard</dc:creator><meta refines="#a" property="role" scheme="marc:relators">aut</meta><meta refines="#a" property="file-as">Simard, Aurèle</meta><dc:contributor id="b">Maude Landry</dc:contributor><meta refines="#b" property="role">ill</meta><dc:language>fre</dc:language><dc:date>2025-03</dc:date><meta property="belongs-to-collection" id="c">Rives</meta><meta refines="#c" property="collection-type">series</meta><meta refines="#c" property="group-position">2.5</meta><meta property="schema:accessMode">textual</meta><meta property="schema:accessibilityHazard">none</meta>`,
        manifest: `<item id="cover" href="img/c.jpg" media-type="image/jpeg" properties="cover-image"/>`,
        files: { "img/c.jpg": cover },
      }),
    );
    expect(book).toMatchObject({ verdict: "accepted", kind: "epub", mediaType: "application/epub+zip" });
    expect(said(book, "title")).toBe("La Grève aux oies");
    expect(said(book, "subtitle")).toBe("Récits du fleuve");
    expect(said(book, "language")).toBe("fr");
    expect(said(book, "publishedOn")).toBe("2025-03");
    expect(said(book, "series")).toEqual({ name: "Rives", position: 2.5 });
    expect(said(book, "identifiers")).toEqual([{ scheme: "isbn", value: "9780306406157" }]);
    expect(said(book, "contributors")).toEqual([
      { name: "Aurèle Simard", sortName: "Simard, Aurèle", role: "author", relators: ["aut"] },
      { name: "Maude Landry", role: "illustrator", relators: ["ill"], secondary: true },
    ]);
    expect(said(book, "accessibility")).toEqual({ accessModes: ["textual"], hazards: ["none"] });
    expect(said(book, "wordCount")).toBeGreaterThan(3_900);
    expect(book.contents).toEqual([
      { title: "Le fleuve", depth: 0, href: "EPUB/c1.xhtml" },
      { title: "La batture", depth: 1, href: "EPUB/c1.xhtml#b" },
      { title: "Les oies", depth: 0, href: "EPUB/c2.xhtml" },
    ]);
    expect(book.findings.find(({ field }) => field === "title")?.source).toBe("opf:dc:title");
    expect(book.cover).toMatchObject({ width: 600, height: 900, mediaType: "image/jpeg" });
  });

  it("gives the facts and tags of a sound", async () => {
    const sound = await read(
      await file(
        folder,
        "air.wav",
        wav({ tags: { INAM: "À la claire fontaine", IART: "Les Airs", IPRD: "Airs d’ici" } }),
      ),
    );
    expect(sound.audio).toMatchObject({ durationMs: 2_000, sampleRate: 22_050, channels: 1, lossless: true });
    expect(said(sound, "trackTitle")).toBe("À la claire fontaine");
    expect(said(sound, "contributors")).toEqual([{ name: "Les Airs", role: "performer" }]);
    expect(sound.findings.find(({ field }) => field === "albumTitle")?.source).toBe("riff:IPRD");
  });

  it("takes a name for a title only where there is nothing else, and says so", async () => {
    const sound = await read(await file(folder, "03 - V_là le bon vent.wav", wav()));
    expect(codes(sound)).toContain("title_missing");
    expect(sound.findings).toContainEqual({
      field: "trackTitle",
      value: "V là le bon vent",
      source: "file-name",
    });
    expect(said(sound, "trackNumber")).toBe(3);
  });

  it("draws the first page of a PDF and reads its information", async () => {
    const book = await read(
      await file(
        folder,
        "livre.pdf",
        pdf({ info: "/Title (Le fleuve) /Author (A. Simard; M. Landry)", catalogue: "/Lang (fr-CA)" }),
      ),
    );
    expect(said(book, "title")).toBe("Le fleuve");
    expect(said(book, "language")).toBe("fr-CA");
    expect(said(book, "pageCount")).toBe(1);
    expect(said(book, "contributors")).toEqual([
      { name: "A. Simard", role: "author" },
      { name: "M. Landry", role: "author" },
    ]);
    expect(book.cover?.height).toBeGreaterThan(1_000);
  });
});

describe("books of other makes", () => {
  const minimal = `<dc:title>Le fleuve</dc:title><dc:language>fr</dc:language>`;
  const cover = async (parts: Parameters<typeof epub>[2], name: string) =>
    (await read(await epub(folder, name, parts))).picture;

  it("reads EPUB 2: attributes of its own, metas of calibre, elements one level down or with a capital", async () => {
    const opf2 = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc-metadata><dc:Title>Marie-Claire</dc:Title><dc:Creator opf:role="aut" opf:file-as="Audoux, Marguerite">Marguerite Audoux</dc:Creator><dc:Creator opf:role="trl">Unknown</dc:Creator><dc:contributor opf:role="bkp">calibre</dc:contributor><dc:identifier id="id" opf:scheme="ISBN">0306406152</dc:identifier><dc:identifier opf:scheme="ISBN">9780306406158</dc:identifier><dc:identifier>unknown</dc:identifier><dc:language>fra</dc:language><dc:date opf:event="modification">2024-01-01</dc:date><dc:date opf:event="publication">1910</dc:date></dc-metadata><meta name="calibre:series" content="Voix"/><meta name="calibre:series_index" content="2.0"/><meta name="cover" content="img/front.jpg"/></metadata><manifest><item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/><item id="x" href="img/front.jpg" media-type="image/jpeg"/></manifest><spine><itemref idref="c1"/></spine></package>`;
    const book = await read(
      await epub(folder, "vieux.epub", { opf: opf2, files: { "img/front.jpg": await picture(500, 700) } }),
    );
    expect(recordOf(book)).toMatchObject({
      title: "Marie-Claire",
      creators: [
        { name: "Marguerite Audoux", sortName: "Audoux, Marguerite", roles: ["author"], relators: ["aut"] },
      ],
      contributors: [{ name: "calibre", roles: ["producer"], relators: ["bkp"] }],
      language: "fr",
      publishedOn: "1910",
      series: { name: "Voix", position: 2 },
      identifiers: [{ scheme: "isbn", value: "9780306406157" }],
      cover: { width: 500, height: 700, source: "opf:meta:cover" },
    });
    expect(codes(book)).toEqual(["isbn_invalid"]);
  });

  it("takes people in their own order, headings with their list, every language, and no set for a series", async () => {
    const record = recordOf(
      await read(
        await epub(folder, "precis.epub", {
          metadata: `${minimal}<dc:language>en-GB</dc:language><dc:creator id="b">Deux</dc:creator><meta refines="#b" property="display-seq">2</meta><dc:creator id="a">Un</dc:creator><meta refines="#a" property="display-seq">1</meta><meta refines="#a" property="role" scheme="marc:relators">aut</meta><meta refines="#a" property="role" scheme="marc:relators">ill</meta><dc:subject id="s">Littérature</dc:subject><meta refines="#s" property="authority">Thema</meta><meta refines="#s" property="term">FB</meta><dc:subject>Fleuves</dc:subject><meta property="belongs-to-collection" id="k">Grands livres</meta><meta refines="#k" property="collection-type">set</meta>`,
        }),
      ),
    );
    expect(record.creators).toEqual([
      { name: "Un", roles: ["author", "illustrator"], relators: ["aut", "ill"] },
      { name: "Deux", roles: ["author"] },
    ]);
    expect(record.languages).toEqual(["fr", "en-GB"]);
    expect(record.subjects).toEqual([{ label: "Littérature", scheme: "Thema", code: "FB" }, "Fleuves"]);
    expect(record.series).toBeUndefined();
  });

  it("finds the cover by whatever sign the book gives, and none where there is none", async () => {
    const jpeg = await picture(300, 450);
    const item = `<item id="p" href="images/p.jpg" media-type="image/jpeg"/>`;
    const front = `<item id="f" href="front.xhtml" media-type="application/xhtml+xml"/>`;
    const files = { "images/p.jpg": jpeg, "front.xhtml": page(`<img src="images/p.jpg" alt=""/>`) };
    const guide = `</spine><guide><reference type="cover" href="front.xhtml"/></guide><spine>`;
    expect((await cover({ manifest: item + front, spine: guide, files }, "guide.epub"))?.source).toBe(
      "opf:guide",
    );
    const nav = page(
      `<nav epub:type="toc"><ol><li><a href="c1.xhtml">Un</a></li></ol></nav><nav epub:type="landmarks"><ol><li><a epub:type="cover" href="front.xhtml">Couverture</a></li></ol></nav>`,
    );
    expect(
      (await cover({ manifest: item + front, files: { ...files, "nav.xhtml": nav } }, "reperes.epub"))
        ?.source,
    ).toBe("nav:landmarks");
    const named = item.replace("p.jpg", "couverture.jpg");
    expect(
      (await cover({ manifest: named, files: { "images/couverture.jpg": jpeg } }, "nom.epub"))?.source,
    ).toBe("opf:item");
    expect(await cover({ manifest: item, files }, "sans.epub")).toBeUndefined();
  });

  it("reads paths with an accent, a percent sign, a backslash or a root", async () => {
    const book = await read(
      await epub(folder, "chemins.epub", {
        metadata: `${minimal}<meta name="cover" content="c"/>`,
        manifest: `<item id="c" href="\\img\\%C3%A9t%C3%A9.jpg" media-type="image/jpeg"/>`,
        files: { "/img/été.jpg": await picture(300, 400) },
        container: `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="/EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
      }),
    );
    expect(book.picture).toMatchObject({ width: 300, height: 400 });
  });
});

describe("sounds of other makes", () => {
  const track = async (name: string, content: Buffer) =>
    recordOf(await read(await file(folder, name, content)));

  it("keeps a name that holds a slash, and parts those that are several", async () => {
    const band = await track(
      "un.mp3",
      mp3({ version: 3, frames: { TIT2: "Foudre", TPE1: "AC/DC", TPE2: "AC/DC" } }),
    );
    expect(band.creators).toEqual([{ name: "AC/DC", roles: ["performer"] }]);
    expect(band.albumArtist).toBe("AC/DC");
    const two = await track("deux.mp3", mp3({ version: 3, frames: { TPE1: "Jean Leloup/Ariane Moffatt" } }));
    expect(two.creators.map(({ name }) => name)).toEqual(["Jean Leloup", "Ariane Moffatt"]);
  });

  it("tells makers from helpers, and every identifier by what it names", async () => {
    const recording = "b9ad642e-b012-41c7-b72a-42cf4911f9ff";
    const record = await track(
      "tout.mp3",
      mp3({
        version: 4,
        frames: {
          TIT2: "Alouette",
          TPE1: "Éloïse\0Maude",
          TCOM: "Traditionnel",
          TSRC: "CB-ZZ9-26-00604",
          TLAN: "fre",
          "TXXX:ISWC": "T-034.524.680-1",
          "TXXX:BARCODE": "4006381333931",
          "TXXX:CATALOGNUMBER": "VC-001",
          "TXXX:NARRATOR": "Une voix",
          "UFID:http://musicbrainz.org": recording,
        },
      }),
    );
    expect(record.creators.map(({ name }) => name)).toEqual(["Éloïse", "Maude"]);
    expect(record.contributors).toEqual([
      { name: "Traditionnel", roles: ["composer"] },
      { name: "Une voix", roles: ["narrator"] },
    ]);
    expect(record.identifiers).toEqual([
      { scheme: "isrc", value: "CBZZ92600604" },
      { scheme: "gtin", value: "4006381333931" },
      { scheme: "uri", value: `https://musicbrainz.org/recording/${recording}` },
    ]);
    expect(record.workIdentifiers).toEqual([{ scheme: "iswc", value: "T0345246801" }]);
    expect(record).toMatchObject({ language: "fr", catalogueNumber: "VC-001" });
    expect(record.duration).toBeCloseTo((200 * 1_152) / 44_100, 1);
  });

  it("finds the sound behind two tags, and behind a few kilobytes of nothing", async () => {
    const sound = mp3({ version: 3, frames: { TIT2: "Second" } });
    const first = mp3({ version: 3, frames: { TIT2: "x".repeat(140_000) } }).subarray(0, -200 * 417);
    expect((await read(await file(folder, "deux-tags.mp3", Buffer.concat([first, sound])))).verdict).not.toBe(
      "refused",
    );
    const bare = mp3({ version: 3, frames: {} }).subarray(10);
    expect((await track("vide.mp3", Buffer.concat([Buffer.alloc(3_000), bare]))).duration).toBeGreaterThan(5);
  });

  it("reads the accents of AIFF, and a WAVE of more than 4 GB told as RF64", async () => {
    const texts = aiff({ seconds: 1, texts: { NAME: "Noël à Gaspé", AUTH: "Éloïse" } });
    expect(await track("a.aiff", texts)).toMatchObject({
      title: "Noël à Gaspé",
      creators: [{ name: "Éloïse" }],
      duration: 1,
    });
    const big = wav({ seconds: 2 });
    big.write("RF64", 0, "latin1");
    expect((await track("b.wav", big)).duration).toBeCloseTo(2, 1);
  });
});
