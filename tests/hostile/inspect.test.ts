import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { epub, file, opf, page, pdf, picture, rawEpub } from "./make-files.ts";
import { codes, readingRoom, said } from "./reading.ts";

// Each file is read by a process of its own: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let room: Awaited<ReturnType<typeof readingRoom>>;
let read: typeof room.read;
let canary: Server;
let visits = 0;
let canaryUrl: string;

beforeAll(async () => {
  room = await readingRoom();
  ({ folder, read } = room);
  canary = createServer((_, response) => {
    visits += 1;
    response.end("caught");
  });
  await new Promise<void>((ready) => canary.listen(0, "127.0.0.1", ready));
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  canary.close();
  await room.close();
});

describe("an archive that is a trap", () => {
  const zeros = Buffer.alloc(40_000_000);
  it.each([
    ["a bomb", () => [{ name: "EPUB/bomb.bin", data: zeros }], "zip_bomb"],
    [
      "an entry that leaves the folder",
      () => [{ name: "../../../tmp/pwned", data: Buffer.from("x") }],
      "zip_traversal",
    ],
    ["an absolute entry", () => [{ name: "/etc/cron.d/pwned", data: Buffer.from("x") }], "zip_traversal"],
    [
      "a symbolic link",
      () => [{ name: "EPUB/c.jpg", data: Buffer.from("/etc/passwd"), mode: 0o120777 }],
      "zip_symlink",
    ],
    ["an encrypted entry", () => [{ name: "EPUB/x", data: Buffer.from("x"), flags: 0x801 }], "encrypted"],
    ["two entries of one name", () => [{ name: "EPUB/c1.xhtml", data: Buffer.from("x") }], "zip_duplicate"],
    ["an unknown compression", () => [{ name: "EPUB/x", data: Buffer.from("x"), method: 14 }], "zip_method"],
    [
      "entries that share their bytes",
      () => [
        { name: "EPUB/a", data: Buffer.from("x".repeat(5_000)) },
        { name: "EPUB/b", data: Buffer.from("x".repeat(5_000)), at: 0 },
      ],
      "zip_overlap",
    ],
  ])("is refused: %s", async (_name, poison, code) => {
    const inspection = await read(await file(folder, `${code}.epub`, rawEpub(poison())));
    expect(inspection.verdict).toBe("refused");
    expect(codes(inspection)).toEqual([code]);
  });

  it("does not believe an entry that lies about its size", async () => {
    const book = await read(
      await file(folder, "menteur.epub", rawEpub([{ name: "EPUB/img.jpg", data: zeros, claimedSize: 10 }])),
    );
    // The bomb is never inflated: nothing reads that entry, and the book beside it is whole.
    expect(said(book, "title")).toBe("La Grève aux oies");
  });

  it("refuses 30 000 entries before reading one", async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => ({
      name: `EPUB/${index}`,
      data: Buffer.alloc(0),
      method: 0,
    }));
    expect(codes(await read(await file(folder, "foule.epub", rawEpub(many))))).toEqual(["zip_too_many"]);
  });
});

describe("a package that is a trap", () => {
  const withDoctype = (subset: string, title: string) =>
    opf({ metadata: `<dc:title>${title}</dc:title><dc:language>fr</dc:language>` }).replace(
      "?>",
      `?>\n<!DOCTYPE package ${subset}>`,
    );

  it("never opens a file for an entity", async () => {
    const secret = await file(folder, "secret.txt", "CONFIDENTIEL");
    const inspection = await read(
      await epub(folder, "xxe.epub", { opf: withDoctype(`[<!ENTITY x SYSTEM "file://${secret}">]`, "&x;") }),
    );
    expect(codes(inspection)).toEqual(["xml_dtd"]);
    expect(JSON.stringify(inspection)).not.toContain("CONFIDENTIEL");
  });
  it("never calls out for a document type", async () => {
    const book = await read(
      await epub(folder, "dtd.epub", { opf: withDoctype(`SYSTEM "${canaryUrl}book.dtd"`, "Sans visite") }),
    );
    expect(said(book, "title")).toBe("Sans visite");
    expect(visits).toBe(0);
  });
  it("does not laugh", async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      "",
    );
    expect(
      codes(
        await read(
          await epub(folder, "rires.epub", { opf: withDoctype(`[<!ENTITY l0 "ha">${laughs}]`, "&l9;") }),
        ),
      ),
    ).toEqual(["xml_dtd"]);
  });
  it("stops at absurd depth and number", async () => {
    const deep = opf({ metadata: `<dc:title>x</dc:title>${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}` });
    expect(codes(await read(await epub(folder, "profond.epub", { opf: deep })))).toEqual(["opf_too_large"]);
    // Random labels, so that the archive's own ratio is honest and the count of elements decides.
    const many = Array.from({ length: 160_000 }, () => `<dc:subject>${Math.random()}</dc:subject>`).join("");
    expect(
      codes(
        await read(
          await epub(folder, "sujets.epub", { opf: opf({ metadata: `<dc:title>x</dc:title>${many}` }) }),
        ),
      ),
    ).toEqual(["opf_too_large"]);
  });
  it("finds nothing outside the archive", async () => {
    const container = `<?xml version="1.0"?><container><rootfiles><rootfile full-path="../../../etc/passwd" media-type="application/oebps-package+xml"/></rootfiles></container>`;
    expect(codes(await read(await epub(folder, "dehors.epub", { container })))).toEqual([
      "container_malformed",
    ]);
  });
  it("refuses pages that are locked, but not fonts that are hidden", async () => {
    const locked = (algorithm: string) => ({
      "/META-INF/encryption.xml": `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`,
    });
    expect(
      codes(
        await read(
          await epub(folder, "verrou.epub", { files: locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc") }),
        ),
      ),
    ).toEqual(["drm"]);
    expect(
      (await read(await epub(folder, "police.epub", { files: locked("http://www.idpf.org/2008/embedding") })))
        .verdict,
    ).toBe("accepted");
  });
  it("reads a UTF-16 package, which makes another reader die", async () => {
    const utf16 = Buffer.from(
      `\ufeff${opf({ metadata: "<dc:title>Forêt</dc:title><dc:language>fr</dc:language>" }).replace("utf-8", "utf-16")}`,
      "utf16le",
    );
    expect(said(await read(await epub(folder, "utf16.epub", { opf: utf16 })), "title")).toBe("Forêt");
  });
  it("tells an ISBN with a wrong check digit, and keeps it out of the record", async () => {
    const book = await read(
      await epub(folder, "isbn.epub", {
        metadata:
          "<dc:identifier id='id'>urn:isbn:9780306406158</dc:identifier><dc:title>x</dc:title><dc:language>fr</dc:language>",
      }),
    );
    expect(book.verdict).toBe("warned");
    expect(codes(book)).toEqual(["isbn_invalid"]);
    expect(said(book, "identifiers")).toBeUndefined();
  });
});

describe("words and pictures that are traps", () => {
  it("keeps markup as the text that it is, and takes out what reverses a name", async () => {
    const book = await read(
      await epub(folder, "mots.epub", {
        metadata: `<dc:title>&lt;script&gt;alert(1)&lt;/script&gt; Roman&#x202E;gpj.exe</dc:title><dc:creator>__proto__</dc:creator><dc:language>fr</dc:language>`,
      }),
    );
    expect(said(book, "title")).toBe("<script>alert(1)</script> Romangpj.exe");
    expect(said(book, "contributors")).toEqual([{ name: "__proto__", role: "author" }]);
  });
  it("cuts what is too long", async () => {
    const book = await read(
      await epub(folder, "long.epub", {
        metadata: `<dc:title>${Array.from({ length: 3_000 }, () => Math.random().toFixed(4)).join(" ")}</dc:title><dc:language>fr</dc:language>`,
      }),
    );
    expect((said(book, "title") as string).length).toBe(1_000);
  });
  it("draws an SVG cover to pixels and runs nothing in it", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 90"><script>fetch("${canaryUrl}")</script><image xlink:href="${canaryUrl}x.png" width="9" height="9"/><image xlink:href="file:///etc/passwd" width="9" height="9"/><rect width="60" height="90" fill="red"/></svg>`;
    const book = await read(
      await epub(folder, "svg.epub", {
        manifest: `<item id="c" href="c.svg" media-type="image/svg+xml" properties="cover-image"/>`,
        files: { "c.svg": svg },
      }),
    );
    expect((await sharp(book.cover?.path).metadata()).format).toBe("jpeg");
    expect((await readFile(book.cover?.path as string)).includes("script")).toBe(false);
    expect(visits).toBe(0);
  });
  it("drops a cover of 400 million pixels and keeps the book", async () => {
    // A header is enough: nothing may be decoded to know that it is too large.
    const head = Buffer.from(await picture(8, 8, "png"));
    head.writeUInt32BE(20_000, 16);
    head.writeUInt32BE(20_000, 20);
    const book = await read(
      await epub(folder, "pixels.epub", {
        manifest: `<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>`,
        files: { "c.png": head },
      }),
    );
    expect(book.verdict).toBe("warned");
    expect(said(book, "title")).toBe("La Grève aux oies");
    expect(book.cover).toBeUndefined();
  });
});

const many = (piece: string) => Buffer.from(piece.repeat(60_000), "latin1");

describe("other files that are not what they say", () => {
  it.each([
    [
      "a programme named as a song",
      "chanson.mp3",
      Buffer.concat([Buffer.from("MZ\x90"), Buffer.alloc(9_000, 7)]),
      "unknown_type",
    ],
    [
      "noise behind a tag",
      "bruit.mp3",
      Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\0\x0a", "latin1"), Buffer.alloc(300_000, 0xff)]),
      "no_audio",
    ],
    [
      "a tag longer than the file",
      "tag.mp3",
      Buffer.concat([Buffer.from("ID3\x03\0\0\x7f\x7f\x7f\x7f", "latin1"), Buffer.alloc(900)]),
      "no_audio",
    ],
    ["nothing", "vide.epub", Buffer.alloc(0), "empty_file"],
    [
      "a page of the web in front of an archive",
      "page.epub",
      Buffer.concat([Buffer.from("<html>"), rawEpub([])]),
      "unknown_type",
    ],
    ["half an archive", "moitie.epub", rawEpub([]).subarray(0, 700), "zip_broken"],
    [
      "a locked PDF",
      "clos.pdf",
      pdf({
        trailer:
          "/Encrypt << /Filter /Standard /V 1 /R 2 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) /P -4 >> /ID [<00> <00>]",
      }),
      "encrypted",
    ],
    ["a PDF cut short", "coupe.pdf", pdf().subarray(0, 60), "pdf_broken"],
  ])("refuses %s", async (_name, name, content, code) => {
    const inspection = await read(await file(folder, name, content));
    expect(inspection.verdict).toBe("refused");
    expect(codes(inspection)).toEqual([code]);
  });

  it.each([
    [
      "atoms.m4a",
      Buffer.concat([Buffer.from("\0\0\0\x10ftypM4A \0\0\0\0", "latin1"), many("\0\0\0\x08free")]),
    ],
    ["blocks.flac", Buffer.concat([Buffer.from("fLaC"), many("\x01\0\0\0\x01\0\0\0")])],
    ["chunks.wav", Buffer.concat([Buffer.from("RIFF\0\0\x0f\0WAVE", "latin1"), many("XXXX\0\0\0\0")])],
    ["chunks.aiff", Buffer.concat([Buffer.from("FORM\0\x0f\0\0AIFF", "latin1"), many("XXXX\0\0\0\0")])],
  ])("refuses a swarm of empty pieces at once: %s", async (name, content) => {
    const inspection = await read(await file(folder, name, content));
    expect(codes(inspection)).toEqual(["unreadable"]);
    expect(inspection.reasons[0]?.detail).toMatch(/pieces/);
  });

  it("refuses a picture that is named as a book", async () => {
    expect(codes(await read(await file(folder, "image.epub", await picture(20, 20))))).toEqual([
      "wrong_type",
    ]);
  });
  it("tells a PDF that runs a script", async () => {
    const book = await read(
      await file(
        folder,
        "script.pdf",
        pdf({ catalogue: "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", info: "/Title (x)" }),
      ),
    );
    expect(codes(book)).toContain("pdf_script");
  });
});

it("accepts a book whose chapters hold scripts, and runs none", async () => {
  const book = await read(
    await epub(folder, "script.epub", {
      files: { "c1.xhtml": page(`<script>fetch("${canaryUrl}")</script><p>mot</p>`) },
    }),
  );
  expect(book.verdict).toBe("accepted");
  expect(visits).toBe(0);
});
