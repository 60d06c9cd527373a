/**
 * Small XML documents (container, package, navigation) as a tree, under caps. Tolerant of dirt (errors are counted,
 * reading goes on), intolerant of traps: a document type with an internal subset is refused, nothing is ever fetched.
 */
import { SaxesParser } from "saxes";
import { Unacceptable } from "./inspection.ts";

export type XmlNode = {
  /** Local name: the prefix is dropped, for files bind prefixes as they please. */
  name: string;
  attributes: Map<string, string>;
  children: (XmlNode | string)[];
};

export type XmlDocument = { root: XmlNode; errors: number; repaired: boolean };

const DEEPEST = 256;
const MOST_NODES = 150_000;
const MOST_ERRORS = 200;

/** HTML's entities appear in package files although XML does not know them; an unknown one stays as written. */
const ENTITIES: Record<string, string> = {
  nbsp: "\u00A0",
  copy: "©",
  reg: "®",
  eacute: "é",
  egrave: "è",
  ecirc: "ê",
  agrave: "à",
  acirc: "â",
  ccedil: "ç",
  ocirc: "ô",
  ucirc: "û",
  ugrave: "ù",
  icirc: "î",
  iuml: "ï",
  euml: "ë",
  oelig: "œ",
  Eacute: "É",
  Agrave: "À",
  laquo: "«",
  raquo: "»",
  rsquo: "’",
  lsquo: "‘",
  rdquo: "”",
  ldquo: "“",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  middot: "·",
  deg: "°",
};

/** Refuses with `xml_dtd`, `xml_encoding`, or `tooLarge` of the caller's choosing. No root element: undefined. */
export function parseXml(bytes: Uint8Array): XmlDocument | undefined {
  const { text, repaired } = decode(bytes);
  const parser = new SaxesParser({ xmlns: false, position: false });
  Object.assign(parser.ENTITIES, ENTITIES);
  let root: XmlNode | undefined;
  let errors = 0;
  let nodes = 0;
  const open: XmlNode[] = [];
  parser.on("error", () => {
    errors += 1;
    if (errors > MOST_ERRORS) throw new Unacceptable("opf_malformed", "too many XML errors");
  });
  parser.on("doctype", (declaration) => {
    if (declaration.includes("[")) throw new Unacceptable("xml_dtd");
  });
  parser.on("opentag", (tag) => {
    nodes += 1;
    if (nodes > MOST_NODES) throw new Unacceptable("opf_too_large", `more than ${MOST_NODES} elements`);
    if (open.length >= DEEPEST) throw new Unacceptable("opf_too_large", `deeper than ${DEEPEST}`);
    const attributes = new Map<string, string>();
    for (const name in tag.attributes) attributes.set(name, tag.attributes[name] as string);
    const node: XmlNode = {
      name: local(tag.name),
      attributes,
      children: [],
    };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const addText = (piece: string) => {
    open.at(-1)?.children.push(piece);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  return root ? { root, errors, repaired } : undefined;
}

/** By the byte-order mark, else by the declaration, else UTF-8; bytes that are not UTF-8 are taken as Windows-1252. */
function decode(bytes: Uint8Array): { text: string; repaired: boolean } {
  const [a, b, c, d] = bytes;
  if ((a === 0 && b === 0 && c === 0xfe) || (a === 0xff && b === 0xfe && c === 0 && d === 0))
    throw new Unacceptable("xml_encoding", "UTF-32");
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0))
    return { text: decodeAs("utf-16le", bytes), repaired: false };
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c))
    return { text: decodeAs("utf-16be", bytes), repaired: false };
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString("latin1"),
  )?.[1];
  if (declared && /^(?:iso-8859-1|latin1|windows-1252)$/i.test(declared))
    return { text: decodeAs("windows-1252", bytes), repaired: false };
  if (declared && !/^(?:utf-?8|us-ascii|ascii)$/i.test(declared))
    throw new Unacceptable("xml_encoding", declared);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), repaired: false };
  } catch {
    return { text: decodeAs("windows-1252", bytes), repaired: true };
  }
}

function decodeAs(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label).decode(bytes);
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

export function elements(node: XmlNode): XmlNode[] {
  return node.children.filter((child): child is XmlNode => typeof child !== "string");
}

export function childrenNamed(node: XmlNode | undefined, name: string): XmlNode[] {
  return node ? elements(node).filter((child) => child.name === name) : [];
}

/** The first descendant so named, in document order. */
export function descend(node: XmlNode | undefined, name: string): XmlNode | undefined {
  if (!node) return undefined;
  for (const child of elements(node)) {
    const found = child.name === name ? child : descend(child, name);
    if (found) return found;
  }
  return undefined;
}

/** An attribute whatever its prefix: `opf:role`, `role`. */
export function attribute(node: XmlNode, name: string): string | undefined {
  const exact = node.attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of node.attributes) if (local(key) === name) return value;
  return undefined;
}

export function textOf(node: XmlNode): string {
  return node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}
