import { SaxesParser } from "saxes";
import { S3Refusal } from "./refusal.ts";

/** One element read: its texts joined, its children in order. Attributes and namespaces mean nothing to S3. */
export type XmlElement = { name: string; text: string; children: XmlElement[] };

const MAX_DEPTH = 12;

export function parseXml(source: string): XmlElement {
  const parser = new SaxesParser();
  const root: XmlElement = { name: "", text: "", children: [] };
  const open = [root];
  const malformed = () => new S3Refusal(400, "MalformedXML", "The XML is not well-formed.");
  parser.on("opentag", ({ name }) => {
    if (open.length > MAX_DEPTH) throw malformed();
    const element = { name, text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", (text) => {
    const current = open.at(-1);
    if (current) current.text += text;
  });
  parser.on("error", () => {
    throw malformed();
  });
  parser.write(source).close();
  const [found] = root.children;
  if (!found) throw malformed();
  return found;
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function textOf(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text.trim();
}

/** What is written: a value, or elements; null and undefined write nothing. */
type Content = string | number | boolean | null | undefined | string[];

/** `tag("Key", "a & b")` → `<Key>a &amp; b</Key>`; an array holds elements already written. */
export function tag(name: string, content: Content): string {
  if (content === null || content === undefined) return "";
  const inside = Array.isArray(content) ? content.join("") : escapeXml(String(content));
  return `<${name}>${inside}</${name}>`;
}

export function xmlDocument(name: string, content: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join("")}</${name}>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
