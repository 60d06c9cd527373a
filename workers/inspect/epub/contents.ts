/** The table of contents: EPUB 3 navigation document, else the NCX of EPUB 2, else nothing. */
import { cleanLine } from "#domain/metadata/clean-text.ts";
import type { ContentsEntry } from "#domain/metadata/inspection.ts";
import { attribute, childrenNamed, descend, elements, parseXml, textOf, type XmlNode } from "../xml.ts";
import type { Archive } from "./archive.ts";
import { type Package, resolvePath } from "./package.ts";

const LARGEST = 4 * 1_048_576;
const MOST_ENTRIES = 5_000;
const DEEPEST = 8;

/** `href` is a path in the archive, with the fragment when there is one. */
export async function readContents(archive: Archive, book: Package): Promise<ContentsEntry[]> {
  const navigation = book.items.find(({ properties }) => properties.includes("nav"));
  const fromNav = navigation ? await tree(archive, navigation.path, navEntries) : [];
  if (fromNav.length > 0) return fromNav;
  const ncx = book.items.find(({ mediaType }) => mediaType === "application/x-dtbncx+xml");
  return ncx ? tree(archive, ncx.path, ncxEntries) : [];
}

async function tree(
  archive: Archive,
  path: string,
  read: (root: XmlNode, path: string) => ContentsEntry[],
): Promise<ContentsEntry[]> {
  if (!archive.has(path) || archive.size(path) > LARGEST) return [];
  const document = parseXml(await archive.read(path, LARGEST));
  return document ? read(document.root, path).slice(0, MOST_ENTRIES) : [];
}

function navEntries(root: XmlNode, path: string): ContentsEntry[] {
  const navs = allNamed(root, "nav");
  const toc = navs.find((node) => /(?:^|\s)toc(?:\s|$)/.test(attribute(node, "type") ?? "")) ?? navs[0];
  const found: ContentsEntry[] = [];
  const walk = (list: XmlNode | undefined, depth: number) => {
    if (!list || depth > DEEPEST) return;
    for (const item of childrenNamed(list, "li")) {
      const label = elements(item).find(({ name }) => name === "a" || name === "span");
      if (label && found.length < MOST_ENTRIES)
        push(found, textOf(label), depth, path, attribute(label, "href"));
      walk(childrenNamed(item, "ol")[0], depth + 1);
    }
  };
  walk(descend(toc, "ol"), 0);
  return found;
}

function ncxEntries(root: XmlNode, path: string): ContentsEntry[] {
  const found: ContentsEntry[] = [];
  const walk = (node: XmlNode, depth: number) => {
    if (depth > DEEPEST) return;
    for (const point of childrenNamed(node, "navPoint")) {
      const label = descend(childrenNamed(point, "navLabel")[0], "text");
      const content = childrenNamed(point, "content")[0];
      if (label && found.length < MOST_ENTRIES)
        push(found, textOf(label), depth, path, content ? attribute(content, "src") : undefined);
      walk(point, depth + 1);
    }
  };
  const map = descend(root, "navMap");
  if (map) walk(map, 0);
  return found;
}

function push(
  found: ContentsEntry[],
  title: string,
  depth: number,
  from: string,
  href: string | undefined,
): void {
  const clean = cleanLine(title, 300);
  if (clean === "") return;
  const target = href
    ? resolvePath(from, href.startsWith("#") ? `${from.split("/").at(-1)}${href}` : href)
    : undefined;
  const fragment = href?.includes("#") ? `#${href.split("#")[1]}` : "";
  found.push(
    target ? { title: clean, depth, href: `${target}${fragment}`.slice(0, 500) } : { title: clean, depth },
  );
}

function allNamed(node: XmlNode, name: string): XmlNode[] {
  return elements(node).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allNamed(child, name),
  ]);
}
