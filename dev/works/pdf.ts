import { inflateSync } from "node:zlib";
import { coops, personOf } from "./catalogue.ts";
import type { TypeStyle, Weight } from "./covers/type.ts";
import { literata, literataFile, widthOf } from "./covers/type.ts";
import { typeset } from "./french.ts";
import { manuscript } from "./manuscript.ts";
import type { BookPlan } from "./plan.ts";

/** A5 in points. */
const page = { w: 420, h: 595, left: 54, right: 54, top: 66, bottom: 70 };
const measure = page.w - page.left - page.right;

const faces = [
  { name: "F1", weight: 400, italic: false },
  { name: "F2", weight: 400, italic: true },
  { name: "F3", weight: 600, italic: false },
] as const satisfies { name: string; weight: Weight; italic: boolean }[];

/** Windows-1252: what is not Latin-1 in it and may stand in our texts. */
const windows: Record<string, number> = {
  "€": 0x80,
  "…": 0x85,
  Œ: 0x8c,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "–": 0x96,
  "—": 0x97,
  œ: 0x9c,
};

function encoded(text: string): Buffer {
  return Buffer.from([...text].map((c) => windows[c] ?? (c.charCodeAt(0) < 256 ? c.charCodeAt(0) : 63)));
}

/** A PDF string in UTF-16, for titles. */
const utf16 = (text: string) =>
  `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}>`;
const hex = (text: string) => `<${encoded(text).toString("hex")}>`;

/** WOFF 1 → the TrueType file in it: the same tables, unpacked. */
export function sfnt(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + i * 20;
    const packed = woff.subarray(
      woff.readUInt32BE(at + 4),
      woff.readUInt32BE(at + 4) + woff.readUInt32BE(at + 8),
    );
    const size = woff.readUInt32BE(at + 12);
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.readUInt32BE(at + 16),
      content: packed.length < size ? inflateSync(packed) : packed,
    };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE(count * 16 - power * 16, 10);
  let offset = head.length;
  const bodies: Buffer[] = [];
  tables.forEach(({ tag, sum, content }, i) => {
    tag.copy(head, 12 + i * 16);
    head.writeUInt32BE(sum, 16 + i * 16);
    head.writeUInt32BE(offset, 20 + i * 16);
    head.writeUInt32BE(content.length, 24 + i * 16);
    const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    bodies.push(padded);
    offset += padded.length;
  });
  return Buffer.concat([head, ...bodies]);
}

interface Line {
  words: string[];
  /** Extra space for each gap, in points. */
  gap: number;
  indent: number;
}

function justified(text: string, style: TypeStyle, indent: number): Line[] {
  const space = widthOf(" ", style);
  const lines: Line[] = [];
  let words: string[] = [];
  let width = 0;
  const room = () => measure - (lines.length === 0 ? indent : 0);
  for (const word of text.split(" ")) {
    const w = widthOf(word, style);
    if (words.length > 0 && width + space + w > room()) {
      lines.push({
        words,
        gap: words.length > 1 ? (room() - width) / (words.length - 1) : 0,
        indent: lines.length === 0 ? indent : 0,
      });
      words = [];
      width = 0;
    }
    width += (words.length > 0 ? space : 0) + w;
    words.push(word);
  }
  lines.push({ words, gap: 0, indent: lines.length === 0 ? indent : 0 });
  return lines;
}

/** Lays the text out in pages: content streams, and the page on which each chapter begins (0 = the cover). */
function layOut(plan: BookPlan): { pages: string[]; chapters: { title: string; page: number }[] } {
  const pages: string[] = [];
  const chapters: { title: string; page: number }[] = [];
  let content = "";
  let y = 0;
  const put = (font: string, size: number, x: number, text: string, gap = 0) => {
    content += `BT /${font} ${size} Tf ${gap.toFixed(3)} Tw ${x.toFixed(2)} ${y.toFixed(2)} Td ${hex(text)} Tj ET\n`;
  };
  const centre = (font: string, style: TypeStyle, text: string) =>
    put(font, style.size, (page.w - widthOf(text, style)) / 2, text);
  const turn = (folio = true) => {
    if (content !== "") {
      y = 36;
      if (folio) centre("F1", { size: 8.5, weight: 400 }, String(pages.length + 2));
      pages.push(content);
    }
    content = "";
    y = page.h - page.top;
  };
  const down = (by: number) => {
    if (y - by < page.bottom) turn();
    y -= by;
  };
  // Title page
  y = page.h * 0.64;
  const authors = [
    ...new Set(
      plan.credits.filter(({ role }) => role === "author").map(({ person }) => personOf(person).name),
    ),
  ];
  centre("F1", { size: 12, weight: 400 }, authors.join(", "));
  y -= 40;
  const size = Math.min(26, (26 * measure) / widthOf(typeset(plan.title), { size: 26, weight: 600 }));
  centre("F3", { size, weight: 600 }, typeset(plan.title));
  if (plan.subtitle) {
    for (const { words } of justified(typeset(plan.subtitle), { size: 12, weight: 400, italic: true }, 0)) {
      y -= 24;
      centre("F2", { size: 12, weight: 400, italic: true }, words.join(" "));
    }
  }
  y = 96;
  centre("F1", { size: 10, weight: 400 }, typeset(coops.find((coop) => coop.slug === plan.coop)?.name ?? ""));
  y = 80;
  centre("F1", { size: 8, weight: 400 }, `ISBN ${plan.isbnPdf}`);
  turn(false);
  const body: TypeStyle = { size: 10.6, weight: 400 };
  for (const chapter of manuscript(plan)) {
    turn();
    chapters.push({ title: chapter.title, page: pages.length + 1 });
    y -= 62;
    for (const { words } of justified(chapter.title, { size: 17, weight: 600 }, 0)) {
      put("F3", 17, page.left, words.join(" "));
      y -= 23;
    }
    y -= 14;
    let first = true;
    for (const block of chapter.blocks) {
      if (block.kind === "paragraph") {
        for (const line of justified(block.text, body, first ? 0 : 14)) {
          down(15.4);
          put("F1", body.size, page.left + line.indent, line.words.join(" "), line.gap);
        }
        first = false;
      } else if (block.kind === "heading") {
        down(30);
        put("F2", 12, page.left, block.text);
        down(6);
        first = true;
      } else if (block.kind === "verse" || block.kind === "list") {
        down(8);
        for (const one of block.kind === "verse" ? block.lines : block.items.map((item) => `– ${item}`)) {
          down(15.4);
          put("F1", body.size, page.left + 14, one);
        }
        down(6);
      }
    }
  }
  turn();
  return { pages, chapters };
}

/** The bytes of a PDF 1.7 of the book: cover, title page, chapters; Info, XMP, outline, language; Literata inside. */
export function makePdf(plan: BookPlan, cover: Buffer): Buffer {
  const { pages, chapters } = layOut(plan);
  const objects: Buffer[] = [];
  const reserve = () => objects.push(Buffer.alloc(0));
  const set = (id: number, content: string) => {
    objects[id - 1] = Buffer.from(content, "latin1");
  };
  const add = (content: string) => {
    const id = reserve();
    set(id, content);
    return id;
  };
  const stream = (dictionary: string, content: Buffer) =>
    objects.push(
      Buffer.concat([
        Buffer.from(`<< ${dictionary} /Length ${content.length} >>\nstream\n`, "latin1"),
        content,
        Buffer.from("\nendstream", "latin1"),
      ]),
    );
  const catalog = reserve();
  const tree = reserve();
  const fonts = faces.map(({ name, weight, italic }) => {
    const font = literata(weight, italic);
    const unit = 1000 / font.unitsPerEm;
    const file = sfnt(literataFile(weight, italic));
    const fontFile = stream(`/Length1 ${file.length}`, file);
    const base = `/Literata-${weight}${italic ? "Italic" : ""}`;
    const descriptor = add(
      `<< /Type /FontDescriptor /FontName ${base} /Flags ${italic ? 98 : 34} /FontBBox [-200 -300 1400 1100] /ItalicAngle ${italic ? -10 : 0} /Ascent ${Math.round(font.ascender * unit)} /Descent ${Math.round(font.descender * unit)} /CapHeight 700 /StemV 90 /FontFile2 ${fontFile} 0 R >>`,
    );
    const code = new Map(Object.entries(windows).map(([c, n]) => [n, c]));
    const widths = Array.from({ length: 224 }, (_, i) =>
      Math.round(
        (font.charToGlyph(code.get(i + 32) ?? String.fromCharCode(i + 32)).advanceWidth ?? 0) * unit,
      ),
    );
    const id = add(
      `<< /Type /Font /Subtype /TrueType /BaseFont ${base} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [${widths.join(" ")}] /FontDescriptor ${descriptor} 0 R >>`,
    );
    return `/${name} ${id} 0 R`;
  });
  const image = stream(
    "/Type /XObject /Subtype /Image /Width 1600 /Height 2400 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    cover,
  );
  const ids: number[] = [];
  const newPage = (content: string, resources: string, w: number, h: number) => {
    const body = stream("", Buffer.from(content, "latin1"));
    ids.push(
      add(
        `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${w} ${h}] /Resources << ${resources} >> /Contents ${body} 0 R >>`,
      ),
    );
  };
  newPage(
    `q ${page.w} 0 0 ${page.w * 1.5} 0 0 cm /Cover Do Q`,
    `/XObject << /Cover ${image} 0 R >>`,
    page.w,
    page.w * 1.5,
  );
  for (const content of pages) newPage(content, `/Font << ${fonts.join(" ")} >>`, page.w, page.h);
  set(tree, `<< /Type /Pages /Count ${ids.length} /Kids [${ids.map((id) => `${id} 0 R`).join(" ")}] >>`);

  const outline = reserve();
  const items = chapters.map(() => reserve());
  chapters.forEach((chapter, i) => {
    const near = `${i > 0 ? `/Prev ${items[i - 1]} 0 R ` : ""}${i < items.length - 1 ? `/Next ${items[i + 1]} 0 R ` : ""}`;
    set(
      items[i] as number,
      `<< /Title ${utf16(chapter.title)} /Parent ${outline} 0 R ${near}/Dest [${ids[chapter.page]} 0 R /Fit] >>`,
    );
  });
  set(
    outline,
    `<< /Type /Outlines /First ${items[0]} 0 R /Last ${items.at(-1)} 0 R /Count ${items.length} >>`,
  );
  const meta = stream("/Type /Metadata /Subtype /XML", Buffer.from(xmp(plan), "utf8"));
  const authors = plan.credits
    .filter(({ role }) => role === "author")
    .map(({ person }) => personOf(person).name);
  const day = `D:${plan.published.replaceAll("-", "")}120000Z`;
  const info = add(
    `<< /Title ${utf16(typeset(plan.title))} /Author ${utf16(authors.join("; "))} /Subject ${utf16(typeset(plan.description.fr))} /Keywords ${utf16(plan.subjects.map(typeset).join(", "))} /Producer (ventes.coop demo) /CreationDate (${day}) /ModDate (${day}) >>`,
  );
  set(
    catalog,
    `<< /Type /Catalog /Pages ${tree} 0 R /Outlines ${outline} 0 R /Metadata ${meta} 0 R /Lang (${plan.language}) /PageMode /UseOutlines /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  return bound(objects, catalog, info, plan.isbnPdf ?? plan.isbn);
}

function bound(objects: Buffer[], catalog: number, info: number, id: string): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let at = parts[0]?.length ?? 0;
  const offsets: number[] = [];
  objects.forEach((content, i) => {
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), content, Buffer.from("\nendobj\n")]);
    offsets.push(at);
    at += part.length;
    parts.push(part);
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const key = Buffer.from(id.padEnd(16, "0")).toString("hex");
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R /ID [<${key}> <${key}>] >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function xmp(plan: BookPlan): string {
  const e = (text: string) => typeset(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const list = (kind: string, values: string[]) =>
    `<rdf:${kind}>${values.map((value) => `<rdf:li>${e(value)}</rdf:li>`).join("")}</rdf:${kind}>`;
  const named = (role: string) =>
    plan.credits.filter((one) => one.role === role).map(({ person }) => personOf(person).name);
  const contributors = [...named("translator"), ...named("illustrator"), ...named("editor")];
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${e(plan.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator>${list("Seq", named("author"))}</dc:creator>
${contributors.length > 0 ? `<dc:contributor>${list("Bag", contributors)}</dc:contributor>` : ""}
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${e(plan.description.fr)}</rdf:li></rdf:Alt></dc:description>
<dc:language>${list("Bag", [plan.language])}</dc:language>
<dc:publisher>${list("Bag", [coops.find((coop) => coop.slug === plan.coop)?.name ?? ""])}</dc:publisher>
<dc:subject>${list("Bag", plan.subjects)}</dc:subject>
<dc:identifier>urn:isbn:${plan.isbnPdf}</dc:identifier>
<dc:date>${list("Seq", [plan.published])}</dc:date>
<prism:isbn>${plan.isbnPdf}</prism:isbn>
<pdf:Keywords>${e(plan.subjects.join(", "))}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
