import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";
import { themaLabels } from "./catalogue/thema.ts";
import { coops, personOf } from "./catalogue.ts";
import { printIllustration } from "./covers.ts";
import { typeset } from "./french.ts";
import type { Block, Chapter } from "./manuscript.ts";
import { manuscript } from "./manuscript.ts";
import type { BookPlan, Role } from "./plan.ts";

/** MARC relator codes of the roles that books have. */
export const relators: Partial<Record<Role, string>> = {
  author: "aut",
  translator: "trl",
  illustrator: "ill",
  editor: "edt",
};

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const css = `@page { margin: 1.2em }
body { margin: 0 5%; line-height: 1.5; hyphens: auto; -webkit-hyphens: auto; adobe-hyphenate: auto }
h1 { font-size: 1.5em; font-weight: 600; line-height: 1.2; margin: 3em 0 1.6em; hyphens: none; -webkit-hyphens: none }
h2 { font-size: 1.1em; font-style: italic; font-weight: 400; margin: 2em 0 0.8em; hyphens: none }
p { margin: 0; text-indent: 1.2em; text-align: justify; widows: 2; orphans: 2 }
h1 + p, h2 + p, figure + p, .verse + p, .first { text-indent: 0 }
.verse { margin: 1.2em 0 1.2em 1.2em; text-indent: 0 }
.verse span { display: block; padding-left: 1.5em; text-indent: -1.5em }
ul { margin: 0.6em 0 1.2em; padding-left: 1.2em }
figure { margin: 1.6em 0; text-align: center; break-inside: avoid }
figure img { max-width: 100%; max-height: 80vh }
figcaption { font-style: italic; font-size: 0.92em; margin-top: 0.5em }
.cover { margin: 0; text-align: center } .cover img { max-width: 100%; max-height: 98vh }
.title { text-align: center; margin-top: 20% } .title h1 { font-size: 2em; margin: 0.6em 0 0.3em }
.title p, .colophon p { text-indent: 0; text-align: center; margin: 0.4em 0 } .colophon { margin-top: 40%; font-size: 0.85em }
nav ol { list-style: none; padding-left: 0 } nav li { margin: 0.5em 0 }
`;

function page(lang: string, title: string, body: string, type = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${lang}" xml:lang="${lang}">
<head><meta charset="UTF-8"/><title>${escaped(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body${type ? ` epub:type="${type}"` : ""}>
${body}
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  const lang = "lang" in block && block.lang ? ` lang="${block.lang}" xml:lang="${block.lang}"` : "";
  switch (block.kind) {
    case "paragraph":
      return `<p${lang}>${escaped(block.text)}</p>`;
    case "heading":
      return `<h2${lang}>${escaped(block.text)}</h2>`;
    case "verse":
      return `<div class="verse"${lang}>${block.lines.map((line) => `<span>${escaped(line)}</span>`).join("")}</div>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
    case "picture":
      return `<figure><img src="${pictureName(block)}" alt="${escaped(block.alt)}"/>${block.caption ? `<figcaption>${escaped(block.caption)}</figcaption>` : ""}</figure>`;
  }
}

function pictureName(block: { name: string; seed: number }): string {
  return `${block.name}-${block.seed}.jpg`;
}

interface Entry {
  path: string;
  content: Buffer | string;
  /** Entries that are already packed are stored as they are. */
  stored?: boolean;
}

/** Writes the EPUB 3 of a book at `path`; the same plan gives the same bytes. `cover` is its JPEG. */
export async function writeEpub(plan: BookPlan, cover: Buffer, path: string): Promise<void> {
  const zip = new yazl.ZipFile();
  // The date written is in local time parts: a fixed one, and the same whatever the time zone.
  const mtime = new Date(2026, 0, 1, 12, 0, 0);
  const add = ({ path: name, content, stored }: Entry) =>
    zip.addBuffer(Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8"), name, {
      mtime,
      mode: 0o100644,
      compress: !stored,
    });
  for (const entry of await entries(plan, cover)) add(entry);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

async function entries(plan: BookPlan, cover: Buffer): Promise<Entry[]> {
  const chapters = manuscript(plan);
  const lang = plan.language;
  const words =
    lang === "fr"
      ? { cover: "Couverture", contents: "Table des matières", title: "Page de titre", colophon: "Achevé" }
      : { cover: "Cover", contents: "Contents", title: "Title page", colophon: "Colophon" };
  const title = typeset(plan.title);
  const publisher = typeset(coops.find((coop) => coop.slug === plan.coop)?.name ?? "");
  const names = [
    ...new Set(
      plan.credits.filter(({ role }) => role === "author").map(({ person }) => personOf(person).name),
    ),
  ];
  const out: Entry[] = [
    { path: "mimetype", content: "application/epub+zip", stored: true },
    {
      path: "META-INF/container.xml",
      content: `<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n`,
    },
    { path: "EPUB/style.css", content: css },
    { path: "EPUB/cover.jpg", content: cover, stored: true },
    {
      path: "EPUB/cover.xhtml",
      content: page(
        lang,
        words.cover,
        `<div class="cover"><img src="cover.jpg" alt="${words.cover} : ${escaped(title)}"/></div>`,
        "cover",
      ),
    },
    {
      path: "EPUB/title.xhtml",
      content: page(
        lang,
        title,
        `<section class="title" epub:type="titlepage"><p>${escaped(names.join(", "))}</p><h1>${escaped(title)}</h1>${plan.subtitle ? `<p><i>${escaped(typeset(plan.subtitle))}</i></p>` : ""}${plan.series ? `<p>${escaped(plan.series.name)}, ${plan.series.position}</p>` : ""}<p style="margin-top:4em">${escaped(publisher)}</p></section>`,
      ),
    },
  ];
  const pictures = new Map<string, Buffer>();
  for (const [i, chapter] of chapters.entries()) {
    out.push({
      path: `EPUB/${chapterFile(i)}`,
      content: page(
        lang,
        chapter.title,
        `<section epub:type="chapter" role="doc-chapter"><h1>${escaped(chapter.title)}</h1>\n${chapter.blocks.map(blockHtml).join("\n")}</section>`,
        "bodymatter",
      ),
    });
    for (const block of chapter.blocks)
      if (block.kind === "picture")
        pictures.set(pictureName(block), await printIllustration(block.name, plan.cover.palette, block.seed));
  }
  for (const [name, content] of pictures) out.push({ path: `EPUB/${name}`, content, stored: true });
  out.push({
    path: "EPUB/colophon.xhtml",
    content: page(lang, words.colophon, colophon(plan, publisher), "backmatter"),
  });
  out.push({ path: "EPUB/nav.xhtml", content: nav(lang, words, chapters) });
  out.push({ path: "EPUB/toc.ncx", content: ncx(plan, title, chapters) });
  out.push({
    path: "EPUB/package.opf",
    content: opf(plan, publisher, chapters.length, [...pictures.keys()]),
  });
  return out;
}

const chapterFile = (i: number) => `chapter-${String(i + 1).padStart(2, "0")}.xhtml`;

function colophon(plan: BookPlan, publisher: string): string {
  const labels: Record<string, Partial<Record<Role, string>>> = {
    fr: { author: "Texte", translator: "Traduction", illustrator: "Illustrations", editor: "Édition" },
    en: { author: "Text", translator: "Translation", illustrator: "Illustrations", editor: "Editing" },
  };
  const lines = plan.credits.map(
    ({ person, role }) =>
      `<p>${labels[plan.language]?.[role] ?? role} : ${escaped(personOf(person).name)}</p>`,
  );
  const rights =
    plan.language === "fr"
      ? "Publié en coopérative : chaque vente se partage entre les personnes nommées ci-dessus."
      : "Published co-operatively: every sale is shared between the people named above.";
  return `<section class="colophon" epub:type="colophon" role="doc-colophon">${lines.join("")}<p>${escaped(publisher)}, ${plan.published.slice(0, 4)}</p><p>ISBN ${plan.isbn}</p><p>${rights}</p></section>`;
}

function nav(
  lang: string,
  words: { contents: string; cover: string; title: string },
  chapters: Chapter[],
): string {
  const items = chapters
    .map((chapter, i) => `<li><a href="${chapterFile(i)}">${escaped(chapter.title)}</a></li>`)
    .join("\n");
  return page(
    lang,
    words.contents,
    `<nav epub:type="toc" role="doc-toc" id="toc"><h1>${words.contents}</h1><ol>\n<li><a href="title.xhtml">${words.title}</a></li>\n${items}\n</ol></nav>
<nav epub:type="landmarks" hidden="hidden"><ol><li><a epub:type="cover" href="cover.xhtml">${words.cover}</a></li><li><a epub:type="bodymatter" href="${chapterFile(0)}">${escaped(chapters[0]?.title ?? "")}</a></li></ol></nav>`,
  );
}

function ncx(plan: BookPlan, title: string, chapters: Chapter[]): string {
  const points = chapters
    .map(
      (chapter, i) =>
        `<navPoint id="n${i + 1}" playOrder="${i + 1}"><navLabel><text>${escaped(chapter.title)}</text></navLabel><content src="${chapterFile(i)}"/></navPoint>`,
    )
    .join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${plan.language}"><head><meta name="dtb:uid" content="urn:isbn:${plan.isbn}"/><meta name="dtb:depth" content="1"/><meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>
<docTitle><text>${escaped(title)}</text></docTitle><navMap>
${points}
</navMap></ncx>
`;
}

function opf(plan: BookPlan, publisher: string, chapterCount: number, pictures: string[]): string {
  const meta: string[] = [
    `<dc:identifier id="isbn">urn:isbn:${plan.isbn}</dc:identifier>`,
    '<meta refines="#isbn" property="identifier-type" scheme="onix:codelist5">15</meta>',
  ];
  meta.push(
    `<dc:title id="title">${escaped(typeset(plan.title))}</dc:title>`,
    '<meta refines="#title" property="title-type">main</meta>',
    '<meta refines="#title" property="display-seq">1</meta>',
  );
  if (plan.subtitle)
    meta.push(
      `<dc:title id="subtitle">${escaped(typeset(plan.subtitle))}</dc:title>`,
      '<meta refines="#subtitle" property="title-type">subtitle</meta>',
      '<meta refines="#subtitle" property="display-seq">2</meta>',
    );
  const byPerson = new Map<string, Role[]>();
  for (const { person, role } of plan.credits) byPerson.set(person, [...(byPerson.get(person) ?? []), role]);
  let order = 0;
  for (const [slug, roles] of byPerson) {
    order++;
    const who = personOf(slug);
    const creator = roles.some((role) => role === "author" || role === "illustrator");
    meta.push(
      `<dc:${creator ? "creator" : "contributor"} id="p${order}">${escaped(who.name)}</dc:${creator ? "creator" : "contributor"}>`,
    );
    for (const role of roles)
      if (relators[role])
        meta.push(
          `<meta refines="#p${order}" property="role" scheme="marc:relators">${relators[role]}</meta>`,
        );
    meta.push(
      `<meta refines="#p${order}" property="file-as">${escaped(who.sortName)}</meta>`,
      `<meta refines="#p${order}" property="display-seq">${order}</meta>`,
    );
  }
  for (const language of plan.languages ?? [plan.language])
    meta.push(`<dc:language>${language}</dc:language>`);
  meta.push(
    `<dc:publisher>${escaped(publisher)}</dc:publisher>`,
    `<dc:date>${plan.published}</dc:date>`,
    `<dc:description>${escaped(typeset(plan.description[plan.language] ?? plan.description.fr))}</dc:description>`,
  );
  for (const subject of plan.subjects) meta.push(`<dc:subject>${escaped(typeset(subject))}</dc:subject>`);
  plan.thema.forEach((code, i) => {
    meta.push(
      `<dc:subject id="thema${i}">${escaped(typeset(themaLabels[code] ?? code))}</dc:subject><meta refines="#thema${i}" property="authority">THEMA</meta><meta refines="#thema${i}" property="term">${code}</meta>`,
    );
  });
  if (plan.originalTitle) meta.push(`<dc:source>${escaped(typeset(plan.originalTitle))}</dc:source>`);
  meta.push(
    `<dc:rights>© ${plan.published.slice(0, 4)} ${escaped([...byPerson.keys()].map((slug) => personOf(slug).name).join(", "))}</dc:rights>`,
  );
  if (plan.series)
    meta.push(
      `<meta property="belongs-to-collection" id="series">${escaped(plan.series.name)}</meta>`,
      '<meta refines="#series" property="collection-type">series</meta>',
      `<meta refines="#series" property="group-position">${plan.series.position}</meta>`,
      `<meta name="calibre:series" content="${escaped(plan.series.name)}"/>`,
      `<meta name="calibre:series_index" content="${plan.series.position}"/>`,
    );
  const illustrated = pictures.length > 0;
  meta.push('<meta property="schema:accessMode">textual</meta>');
  if (illustrated) meta.push('<meta property="schema:accessMode">visual</meta>');
  meta.push('<meta property="schema:accessModeSufficient">textual</meta>');
  for (const feature of [
    "tableOfContents",
    "readingOrder",
    "structuralNavigation",
    "displayTransformability",
    "alternativeText",
  ])
    meta.push(`<meta property="schema:accessibilityFeature">${feature}</meta>`);
  meta.push('<meta property="schema:accessibilityHazard">none</meta>');
  const summary =
    plan.language === "fr"
      ? "Texte structuré, table des matières navigable ; toutes les images ont une description."
      : "Structured text with a navigable table of contents; every image is described.";
  meta.push(`<meta property="schema:accessibilitySummary">${typeset(summary)}</meta>`);
  meta.push(
    `<meta property="dcterms:modified">${plan.published}T12:00:00Z</meta>`,
    '<meta name="cover" content="cover-image"/>',
  );
  const chapterItems = Array.from(
    { length: chapterCount },
    (_, i) => `<item id="c${i + 1}" href="${chapterFile(i)}" media-type="application/xhtml+xml"/>`,
  );
  const pictureItems = pictures.map(
    (name, i) => `<item id="i${i + 1}" href="${name}" media-type="image/jpeg"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="isbn" xml:lang="${plan.language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${meta.join("\n")}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="css" href="style.css" media-type="text/css"/>
<item id="cover-image" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="titlepage" href="title.xhtml" media-type="application/xhtml+xml"/>
<item id="colophon" href="colophon.xhtml" media-type="application/xhtml+xml"/>
${[...chapterItems, ...pictureItems].join("\n")}
</manifest>
<spine toc="ncx">
<itemref idref="cover" linear="no"/>
<itemref idref="titlepage"/>
<itemref idref="nav"/>
${Array.from({ length: chapterCount }, (_, i) => `<itemref idref="c${i + 1}"/>`).join("\n")}
<itemref idref="colophon"/>
</spine>
</package>
`;
}
