/** A small EPUB 3 of our own making around the fragments of a sample: valid, without script, link or foreign style. */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";

export type SamplePage = { title: string; fragment: string };
export type SampleBook = {
  /** « urn:uuid:… », of the sample and not of the book. */
  identifier: string;
  title: string;
  people: string[];
  language: string;
  direction: "ltr" | "rtl";
  modifiedAt: string;
  pages: SamplePage[];
  /** Named in the fragments as `images/<name>`. */
  pictures: { name: string; jpeg: Buffer }[];
  cover: Buffer | undefined;
};

export async function writeSampleEpub(target: string, book: SampleBook): Promise<void> {
  const zip = new yazl.ZipFile();
  // One instant for all entries: the same sample made twice has the same bytes.
  const mtime = new Date(book.modifiedAt);
  const add = (name: string, content: string | Buffer, compress = true) =>
    zip.addBuffer(Buffer.isBuffer(content) ? content : Buffer.from(content), name, {
      mtime,
      compress,
      forceDosTimestamp: true,
    });
  add("mimetype", "application/epub+zip", false);
  add("META-INF/container.xml", CONTAINER);
  add("EPUB/package.opf", packageOf(book));
  add("EPUB/nav.xhtml", navigationOf(book));
  add("EPUB/style.css", STYLE);
  for (const [index, page] of book.pages.entries())
    add(`EPUB/${pageName(index)}`, pageOf(book, page.title, page.fragment));
  add("EPUB/end.xhtml", pageOf(book, WORDS[wordsIn(book)].end, endOf(book)));
  for (const { name, jpeg } of book.pictures) add(`EPUB/images/${name}`, jpeg, false);
  if (book.cover) add("EPUB/images/cover.jpg", book.cover, false);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target));
}

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`;

const STYLE = `body { margin: 5%; line-height: 1.5; }
h1, h2, h3, h4 { line-height: 1.2; hyphens: none; }
img { max-width: 100%; height: auto; }
.end { margin-top: 30%; text-align: center; }
`;

const WORDS = {
  fr: { sample: "extrait", contents: "Table des matières", end: "Fin de l’extrait", by: "de" },
  en: { sample: "sample", contents: "Contents", end: "End of the sample", by: "by" },
};

function wordsIn({ language }: SampleBook): "fr" | "en" {
  return language.startsWith("fr") ? "fr" : "en";
}

export function pageName(index: number): string {
  return `page-${String(index + 1).padStart(3, "0")}.xhtml`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function packageOf(book: SampleBook): string {
  const pages = [...book.pages.map((_, index) => pageName(index)), "end.xhtml"];
  const items = [
    `<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`,
    `<item id="style" href="style.css" media-type="text/css"/>`,
    ...pages.map(
      (name, index) => `<item id="p${index + 1}" href="${name}" media-type="application/xhtml+xml"/>`,
    ),
    ...book.pictures.map(
      ({ name }, index) => `<item id="i${index + 1}" href="images/${name}" media-type="image/jpeg"/>`,
    ),
    ...(book.cover
      ? [`<item id="cover" href="images/cover.jpg" media-type="image/jpeg" properties="cover-image"/>`]
      : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeXml(book.language)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${escapeXml(book.identifier)}</dc:identifier>
<dc:title>${escapeXml(`${book.title} (${WORDS[wordsIn(book)].sample})`)}</dc:title>
<dc:language>${escapeXml(book.language)}</dc:language>
${book.people
  .filter((name) => name.trim() !== "")
  .map((name) => `<dc:creator>${escapeXml(name)}</dc:creator>`)
  .join("\n")}
<meta property="dcterms:modified">${new Date(book.modifiedAt).toISOString().replace(/\.\d+Z$/, "Z")}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
${items.join("\n")}
</manifest>
<spine page-progression-direction="${book.direction}">
${pages.map((_, index) => `<itemref idref="p${index + 1}"/>`).join("\n")}
</spine>
</package>`;
}

function navigationOf(book: SampleBook): string {
  const words = WORDS[wordsIn(book)];
  const lines = book.pages.map(
    ({ title }, index) => `<li><a href="${pageName(index)}">${escapeXml(title)}</a></li>`,
  );
  const list = [...lines, `<li><a href="end.xhtml">${words.end}</a></li>`].join("\n");
  return xhtml(
    book,
    words.contents,
    `<nav epub:type="toc"><h1>${words.contents}</h1>\n<ol>\n${list}\n</ol></nav>`,
  );
}

function pageOf(book: SampleBook, title: string, fragment: string): string {
  // HTML says `lang`, XML readers look for `xml:lang`: both, the same.
  const spoken = fragment.replace(/ lang="([A-Za-z0-9-]+)"/g, ' lang="$1" xml:lang="$1"');
  return xhtml(book, title, `<section>\n${spoken}\n</section>`);
}

function endOf(book: SampleBook): string {
  const words = WORDS[wordsIn(book)];
  const people = book.people.length > 0 ? `<p>${words.by} ${escapeXml(book.people.join(", "))}</p>` : "";
  return `<div class="end"><h2>${words.end}</h2><p><cite>${escapeXml(book.title)}</cite></p>${people}</div>`;
}

function xhtml(book: SampleBook, title: string, body: string): string {
  const language = escapeXml(book.language);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}" dir="${book.direction}">
<head><meta charset="utf-8"/><title>${escapeXml(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
${body}
</body>
</html>`;
}
