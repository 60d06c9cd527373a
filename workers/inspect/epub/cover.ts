/**
 * Which picture is the cover. The four ways in which books say it, surest first: EPUB 3 `properties="cover-image"`,
 * EPUB 2 `<meta name="cover">` (an id, or wrongly a path), the guide, and a picture whose name says « cover ».
 */

import { attribute, childrenNamed, descend, parseXml, type XmlNode } from "../xml.ts";
import type { Archive } from "./archive.ts";
import { type ManifestItem, type Package, resolvePath } from "./package.ts";

const LARGEST_PICTURE = 40 * 1_048_576;
const LARGEST_PAGE = 2 * 1_048_576;

/** The bytes of the cover as the book holds them (any format); undefined when it names none. */
export async function readCover(archive: Archive, book: Package): Promise<Buffer | undefined> {
  const item =
    book.items.find(({ properties }) => properties.includes("cover-image")) ??
    namedByMeta(book) ??
    (await fromGuide(archive, book)) ??
    namedCover(book);
  if (!item || !archive.has(item.path)) return undefined;
  const bytes = await archive.read(item.path, LARGEST_PICTURE);
  return item.mediaType === "image/svg+xml" ? withPicturesInside(archive, item.path, bytes) : bytes;
}

function isPicture(item: ManifestItem | undefined): item is ManifestItem {
  return item?.mediaType.startsWith("image/") ?? false;
}

function namedByMeta(book: Package): ManifestItem | undefined {
  const meta = childrenNamed(book.metadata, "meta").find((node) => attribute(node, "name") === "cover");
  const said = meta ? attribute(meta, "content") : undefined;
  if (!said) return undefined;
  const item = book.items.find(({ id }) => id === said) ?? book.items.find(({ href }) => href === said);
  return isPicture(item) ? item : undefined;
}

/** The guide points at a page; the cover is the first picture on it. */
async function fromGuide(archive: Archive, book: Package): Promise<ManifestItem | undefined> {
  const reference = childrenNamed(childrenNamed(book.root, "guide")[0], "reference").find((node) =>
    /^cover/i.test(attribute(node, "type") ?? ""),
  );
  const href = reference ? attribute(reference, "href") : undefined;
  const path = href ? resolvePath(book.path, href) : undefined;
  if (!path || !archive.has(path) || archive.size(path) > LARGEST_PAGE) return undefined;
  const direct = book.items.find((item) => item.path === path);
  if (isPicture(direct)) return direct;
  const page = parseXml(await archive.read(path, LARGEST_PAGE))?.root;
  const picture = descend(page, "img") ?? descend(page, "image");
  const source = picture ? (attribute(picture, "src") ?? attribute(picture, "href")) : undefined;
  const target = source ? resolvePath(path, source) : undefined;
  const item = book.items.find((candidate) => candidate.path === target);
  return isPicture(item) ? item : undefined;
}

function namedCover(book: Package): ManifestItem | undefined {
  return book.items.find(
    (item) =>
      isPicture(item) &&
      (/^cover(?:[-_.]?ima?ge?)?$/i.test(item.id) ||
        /(?:^|\/)(?:cover|couverture)\.(?:jpe?g|png|webp)$/i.test(item.path)),
  );
}

/**
 * An SVG cover often points at a raster beside it; the rasteriser opens no file, so the picture is put inside as data.
 * Nothing else of the SVG is touched: scripts in it never run, for it is only ever drawn to pixels.
 */
async function withPicturesInside(archive: Archive, path: string, svg: Buffer): Promise<Buffer> {
  let text = svg.toString("utf8");
  const inside: [string, string][] = [];
  for (const node of imagesOf(parseXml(svg)?.root)) {
    const href = attribute(node, "href");
    const target = href ? resolvePath(path, href) : undefined;
    const type = /\.png$/i.test(target ?? "") ? "image/png" : "image/jpeg";
    if (href && target && archive.has(target) && inside.length < 4) {
      const data = await archive.read(target, LARGEST_PICTURE / 4);
      inside.push([href, `data:${type};base64,${data.toString("base64")}`]);
    }
  }
  for (const [href, data] of inside) text = text.replaceAll(`"${href}"`, `"${data}"`);
  return inside.length > 0 ? Buffer.from(text) : svg;
}

function imagesOf(node: XmlNode | undefined): XmlNode[] {
  if (!node) return [];
  const below = node.children.flatMap((child) => (typeof child === "string" ? [] : imagesOf(child)));
  return node.name === "image" ? [node, ...below] : below;
}
