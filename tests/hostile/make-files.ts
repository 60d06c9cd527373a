/** Files made by the tests themselves: good ones, and what a stranger may send. All content is ours. */
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import yazl from "yazl";

export type EpubParts = {
  metadata?: string;
  manifest?: string;
  spine?: string;
  container?: string;
  opf?: string | Buffer;
  files?: Record<string, string | Buffer>;
  mimetype?: string | null;
};

const CONTAINER = `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`;
const METADATA = `<dc:identifier id="id">urn:isbn:9780306406157</dc:identifier><dc:title>La Grève aux oies</dc:title><dc:creator>Aurèle Simard</dc:creator><dc:language>fr-CA</dc:language>`;

export function opf({ metadata = METADATA, manifest = "", spine = "" }: EpubParts): string {
  return `<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${metadata}</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/><item id="c2" href="c2.xhtml" media-type="application/xhtml+xml"/>${manifest}</manifest><spine><itemref idref="c1"/><itemref idref="c2"/>${spine}</spine></package>`;
}

export function page(body: string, title = "Page"): string {
  return `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body>${body}</body></html>`;
}

const NAV = page(
  `<nav epub:type="toc" xmlns:epub="http://www.idpf.org/2007/ops"><ol><li><a href="c1.xhtml">Le fleuve</a><ol><li><a href="c1.xhtml#b">La batture</a></li></ol></li><li><a href="c2.xhtml">Les oies</a></li></ol></nav>`,
);

export async function epub(folder: string, name: string, parts: EpubParts = {}): Promise<string> {
  const zip = new yazl.ZipFile();
  const add = (entry: string, content: string | Buffer, compress = true) =>
    zip.addBuffer(Buffer.from(content), entry, { compress });
  if (parts.mimetype !== null) add("mimetype", parts.mimetype ?? "application/epub+zip", false);
  if (parts.container !== "") add("META-INF/container.xml", parts.container ?? CONTAINER);
  add("EPUB/book.opf", parts.opf ?? opf(parts));
  const files = {
    "nav.xhtml": NAV,
    "c1.xhtml": page(`<h1>Le fleuve</h1><p>${"mot ".repeat(400)}</p>`),
    "c2.xhtml": page(`<h1>Les oies</h1><p>${"mot ".repeat(3_600)}</p>`),
    ...parts.files,
  };
  for (const [entry, content] of Object.entries(files))
    add(entry.startsWith("/") ? entry.slice(1) : `EPUB/${entry}`, content);
  zip.end();
  const path = join(folder, name);
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

export type ZipEntry = {
  name: string;
  data: Buffer;
  flags?: number;
  method?: number;
  claimedSize?: number;
  mode?: number;
  at?: number;
};

/** A zip written byte by byte, so that it may lie: sizes, flags, modes, names, and entries that share their bytes (`at`). */
export function rawZip(entries: ZipEntry[]): Buffer {
  const chunks: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const {
    name,
    data,
    flags = 0x800,
    method = 8,
    claimedSize = data.length,
    mode = 0o100644,
    at,
  } of entries) {
    const bytes = method === 8 ? deflateRawSync(data) : data;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(method, 8);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt32LE(claimedSize, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(0x0314, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(claimedSize, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(at ?? offset, 42);
    central.push(entry, Buffer.from(name));
    if (at === undefined) {
      chunks.push(head, Buffer.from(name), bytes);
      offset += 30 + Buffer.byteLength(name) + bytes.length;
    }
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, directory, end]);
}

/** A whole EPUB in raw entries, to which a test adds its poison. */
export function rawEpub(poison: ZipEntry[]): Buffer {
  return rawZip([
    { name: "mimetype", data: Buffer.from("application/epub+zip"), method: 0 },
    { name: "META-INF/container.xml", data: Buffer.from(CONTAINER) },
    { name: "EPUB/book.opf", data: Buffer.from(opf({})) },
    { name: "EPUB/nav.xhtml", data: Buffer.from(NAV) },
    { name: "EPUB/c1.xhtml", data: Buffer.from(page("<p>un</p>")) },
    { name: "EPUB/c2.xhtml", data: Buffer.from(page("<p>deux</p>")) },
    ...poison,
  ]);
}

/** A WAV of one sine, with a RIFF INFO chunk of tags. */
export function wav({ seconds = 2, tags = {} as Record<string, string>, rate = 22_050 } = {}): Buffer {
  const samples = Buffer.alloc(seconds * rate * 2);
  for (let i = 0; i < samples.length / 2; i += 1)
    samples.writeInt16LE(Math.round(9_000 * Math.sin((i * 2 * Math.PI * 440) / rate)), i * 2);
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, "latin1");
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const info = Buffer.concat([
    Buffer.from("INFO"),
    ...Object.entries(tags).map(([id, text]) => chunk(id, Buffer.from(`${text}\0`))),
  ]);
  const body = Buffer.concat([
    Buffer.from("WAVE"),
    chunk("fmt ", format),
    chunk("LIST", info),
    chunk("data", samples),
  ]);
  return chunk("RIFF", body);
}

/** A PDF of one page, with whatever a test adds to its catalogue and its information. */
export function pdf({ catalogue = "", info = "", trailer = "" } = {}): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>",
    `<< ${info} >>`,
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  return Buffer.from(
    `${text}trailer << /Size 5 /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    "latin1",
  );
}

export function picture(width: number, height: number, format: "jpeg" | "png" = "jpeg"): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#7a3b2e" } })
    .toFormat(format)
    .toBuffer();
}

export async function file(folder: string, name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
