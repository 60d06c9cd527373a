/**
 * A message of products, read as it flows: one product is held at a time, whatever the size of the message. What cannot be a
 * message of books is refused before it can cost anything: declarations of a document type, products deeper, wider or longer
 * than any catalogue makes them.
 */
import { SaxesParser } from "saxes";
import { referenceName } from "./short-tags.ts";
import { UnreadableFile } from "./unreadable-file.ts";

/** By its reference name in small letters (`short-tags.ts`). `text` is its own and that of what it holds. */
export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
};

const DEEPEST = 24;
const MOST_ELEMENTS = 20_000;
/** Of one product, in characters: descriptions, tables of contents and all. */
const LONGEST_PRODUCT = 2_000_000;
/** Between two tags; the parser holds that much before it tells us anything. */
const LONGEST_PIECE = 4_000_000;
/** A message with a picture written into it is not one of ours. */
const MOST_ATTRIBUTES = 30;

/** Where a paragraph ends, in a text that holds XHTML. */
const BLOCK = new Set([
  "p",
  "div",
  "li",
  "br",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "blockquote",
  "ul",
  "ol",
  "dd",
  "dt",
]);

/** Throws UnreadableFile: `xml_dtd`, `xml_encoding`, `xml_malformed`, `xml_too_deep`, `xml_too_large`, `onix_release`, `not_known`. */
export async function* readProducts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<XmlElement> {
  const ready: XmlElement[] = [];
  const reading = reader(ready);
  for await (const text of decoded(chunks)) {
    // A chunk of a file is small; a chunk that somebody hands us may be the whole of it.
    for (let from = 0; from < text.length; from += 65_536) {
      reading.write(text.slice(from, from + 65_536));
      yield* ready.splice(0);
    }
  }
  reading.end();
  yield* ready.splice(0);
}

function reader(ready: XmlElement[]) {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: XmlElement[] = [];
  let outside = 0;
  let elements = 0;
  let characters = 0;
  let sinceTold = 0;
  let root = "";
  parser.on("error", (problem) => {
    throw new UnreadableFile("xml_malformed", problem.message.slice(0, 200));
  });
  parser.on("doctype", (declaration) => {
    if (declaration.includes("[")) throw new UnreadableFile("xml_dtd");
  });
  parser.on("opentag", (tag) => {
    sinceTold = 0;
    const name = referenceName(tag.name);
    const attributes = tag.attributes as Record<string, string>;
    if (Object.keys(attributes).length > MOST_ATTRIBUTES)
      throw new UnreadableFile("xml_too_large", tag.name.slice(0, 40));
    if (!root) {
      root = name;
      checkRoot(name, attributes);
    }
    if (open.length === 0 && name !== "product") {
      outside += 1;
      if (outside > DEEPEST) throw new UnreadableFile("xml_too_deep");
      return;
    }
    if (open.length >= DEEPEST) throw new UnreadableFile("xml_too_deep");
    elements = open.length === 0 ? 1 : elements + 1;
    characters = open.length === 0 ? 0 : characters;
    for (const said of Object.values(attributes)) characters += said.length;
    if (elements > MOST_ELEMENTS || characters > LONGEST_PRODUCT) throw new UnreadableFile("xml_too_large");
    const element: XmlElement = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    sinceTold = 0;
    const closed = open.pop();
    if (!closed) {
      outside -= 1;
      return;
    }
    const parent = open.at(-1);
    if (!parent) ready.push(closed);
    // Only a text of several paragraphs is read through what it holds; a composite has no words of its own.
    else if (insideText(open)) parent.text += BLOCK.has(closed.name) ? `\n${closed.text}\n` : closed.text;
  });
  const told = (piece: string) => {
    sinceTold = 0;
    const holder = open.at(-1);
    if (!holder) return;
    characters += piece.length;
    if (characters > LONGEST_PRODUCT) throw new UnreadableFile("xml_too_large");
    holder.text += piece;
  };
  parser.on("text", told);
  parser.on("cdata", told);
  parser.on("comment", () => {
    sinceTold = 0;
  });
  return {
    write(text: string) {
      sinceTold += text.length;
      parser.write(text);
      if (sinceTold > LONGEST_PIECE) throw new UnreadableFile("xml_too_large");
    },
    end() {
      parser.close();
      if (!root) throw new UnreadableFile("xml_malformed");
    },
  };
}

const insideText = (open: readonly XmlElement[]) =>
  open.some(({ name }) => name === "text" || name === "biographicalnote");

function checkRoot(name: string, attributes: Record<string, string>): void {
  if (name !== "onixmessage") throw new UnreadableFile("not_known", name.slice(0, 40));
  const release = attributes.release ?? "3.0";
  if (!/^3\.[01](?:\.|$)/.test(release)) throw new UnreadableFile("onix_release", release.slice(0, 20));
}

/** By its first bytes, else by the declaration, else UTF-8. Bytes that are not what they are said to be are refused. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    if (decoder) yield decoder.decode();
  } catch (problem) {
    if (problem instanceof TypeError) throw new UnreadableFile("xml_encoding");
    throw problem;
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return "utf-16be";
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const declared =
    /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1] ?? "utf-8";
  if (/^(?:iso-8859-1|latin1|windows-1252)$/i.test(declared)) return "windows-1252";
  if (!/^(?:utf-?8|us-ascii|ascii|utf-16)$/i.test(declared))
    throw new UnreadableFile("xml_encoding", declared);
  return "utf-8";
}

/** The first child so named. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((each) => each.name === name) ?? [];
/** The words of the first child so named, trimmed; "" where there is none. */
export const said = (element: XmlElement | undefined, name: string): string =>
  child(element, name)?.text.trim() ?? "";
