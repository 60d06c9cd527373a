import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { epub, file, pdf, picture, wav } from "./make-files.ts";
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
