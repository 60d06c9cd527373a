/**
 * Which picture is the cover. The ways in which books say it, surest first: EPUB 3 `properties="cover-image"`, EPUB 2
 * `<meta name="cover">` (an id, or wrongly a path), the page that the guide or the landmarks call cover, a picture whose
 * name says so, a first page that is a picture or says that it is the cover.
 */

import { Unacceptable } from "../inspection.ts";
import type { FoundPicture } from "../reading.ts";
import { attribute, childrenNamed, descend, elements, parseXml, textOf, type XmlNode } from "../xml.ts";
import type { Archive } from "./archive.ts";
import { type ManifestItem, type Package, resolvePath } from "./package.ts";

const LARGEST_PICTURE = 40 * 1_048_576;
const LARGEST_PAGE = 2 * 1_048_576;

export type FoundCover = FoundPicture & { source: string };

/** The bytes of the cover as the book holds them (any format); undefined when it names none. */
export async function readCover(archive: Archive, book: Package): Promise<FoundCover | undefined> {
  const ways: [source: string, find: () => ManifestItem | undefined | Promise<ManifestItem | undefined>][] = [
    ["opf:cover-image", () => book.items.find(({ properties }) => properties.includes("cover-image"))],
    ["opf:meta:cover", () => namedByMeta(archive, book)],
    ["opf:guide", () => onPage(archive, book, guidePage(book))],
    ["nav:landmarks", async () => onPage(archive, book, await landmarkPage(archive, book))],
    ["opf:item", () => namedCover(book)],
    ["opf:first-page", () => firstPage(archive, book)],
  ];
  for (const [source, find] of ways) {
    // A page that cannot be read shows no cover; the next sign may.
    const item = await Promise.resolve()
      .then(find)
      .catch(() => undefined);
    if (!item || !archive.has(item.path)) continue;
    if (archive.size(item.path) > LARGEST_PICTURE) throw new Unacceptable("zip_bomb", item.path);
    const whole = async () => {
      const bytes = await archive.read(item.path, LARGEST_PICTURE);
      return isDrawing(item) ? withPicturesInside(archive, item.path, bytes) : bytes;
    };
    return { source, head: archive.head(item.path), whole };
  }
  return undefined;
}

function isPicture(item: ManifestItem | undefined): boolean {
  return item !== undefined && (item.mediaType.startsWith("image/") || PICTURE_NAME.test(item.path));
}

const PICTURE_NAME = /\.(?:jpe?g|png|gif|webp|avif|svg)$/i;

function isDrawing({ mediaType, path }: ManifestItem): boolean {
  return mediaType === "image/svg+xml" || /\.svg$/i.test(path);
}

/** The content is an item's id; some tools write its path, or name the page that shows the picture. */
async function namedByMeta(archive: Archive, book: Package): Promise<ManifestItem | undefined> {
  const meta = childrenNamed(book.metadata, "meta").find((node) => attribute(node, "name") === "cover");
  const said = meta ? attribute(meta, "content")?.trim() : undefined;
  if (!said) return undefined;
  const path = resolvePath(book.path, said);
  const item =
    book.items.find(({ id }) => id === said) ??
    book.items.find(({ href }) => href === said) ??
    book.items.find((each) => each.path === path);
  return isPicture(item) ? item : onPage(archive, book, item?.path);
}

function guidePage(book: Package): string | undefined {
  const reference = childrenNamed(childrenNamed(book.root, "guide")[0], "reference").find((node) =>
    /^(?:other\.)?(?:ms-)?cover/i.test(attribute(node, "type") ?? ""),
  );
  const href = reference ? attribute(reference, "href") : undefined;
  return href ? resolvePath(book.path, href) : undefined;
}

/** EPUB 3 says in its navigation document what EPUB 2 said in the guide. */
async function landmarkPage(archive: Archive, book: Package): Promise<string | undefined> {
  const navigation = book.items.find(({ properties }) => properties.includes("nav"));
  const root = navigation ? await pageTree(archive, navigation.path) : undefined;
  const link = allNamed(root, "a").find((node) =>
    /(?:^|\s)cover(?:\s|$)/.test(attribute(node, "type") ?? ""),
  );
  const href = link ? attribute(link, "href") : undefined;
  return navigation && href ? resolvePath(navigation.path, href) : undefined;
}

async function pageTree(archive: Archive, path: string): Promise<XmlNode | undefined> {
  if (!archive.has(path) || archive.size(path) > LARGEST_PAGE) return undefined;
  return parseXml(await archive.read(path, LARGEST_PAGE))?.root;
}

/** The first picture on a page; the page may be a picture itself, or a drawing inside which it lies. */
async function onPage(
  archive: Archive,
  book: Package,
  path: string | undefined,
): Promise<ManifestItem | undefined> {
  if (!path || !archive.has(path)) return undefined;
  const direct = book.items.find((item) => item.path === path);
  if (isPicture(direct)) return direct;
  return pictureOf(book, path, await pageTree(archive, path));
}

function pictureOf(book: Package, path: string, page: XmlNode | undefined): ManifestItem | undefined {
  const picture = descend(page, "img") ?? descend(page, "image") ?? descend(page, "object");
  const source = picture
    ? (attribute(picture, "src") ?? attribute(picture, "href") ?? attribute(picture, "data"))
    : undefined;
  const target = source ? resolvePath(path, source) : undefined;
  const item = book.items.find((candidate) => candidate.path === target);
  return isPicture(item) ? item : undefined;
}

function namedCover(book: Package): ManifestItem | undefined {
  return book.items.find(
    (item) =>
      isPicture(item) &&
      (/^(?:book-?)?cover(?:[-_.]?ima?ge?)?$/i.test(item.id) ||
        /(?:^|\/)(?:cover|couverture)(?:[-_.]?ima?ge?)?\.(?:jpe?g|png|gif|webp|svg)$/i.test(item.path)),
  );
}

/** The first page of the book, when it is a picture, or when it calls itself the cover and shows one. */
async function firstPage(archive: Archive, book: Package): Promise<ManifestItem | undefined> {
  const first = book.spine[0];
  if (!first) return undefined;
  if (isPicture(first)) return first;
  const page = await pageTree(archive, first.path);
  const body = descend(page, "body");
  const calls =
    /(?:^|[/_.-])(?:cover|couv|couverture|jaquette)/i.test(first.path) ||
    /^(?:cover|couv)/i.test(first.id) ||
    [body, ...(body ? elements(body) : [])].some((node) =>
      /\bcover\b/.test((node && attribute(node, "type")) ?? ""),
    );
  // Words beside the picture make a title page of it, or a first chapter.
  if (!calls || !body || textOf(body).trim().length > 200) return undefined;
  return pictureOf(book, first.path, page);
}

/**
 * An SVG cover often points at a raster beside it; the rasteriser opens no file, so the picture is put inside as data.
 * Nothing else of the SVG is touched: scripts in it never run, for it is only ever drawn to pixels.
 */
async function withPicturesInside(archive: Archive, path: string, svg: Buffer): Promise<Buffer> {
  let text = svg.toString("utf8");
  const inside = new Map<string, string>();
  // Not read as XML: most such covers hold their picture already, and half a megabyte of letters is no markup.
  for (const [, href = ""] of text.matchAll(/\bhref\s*=\s*["']([^"']{1,500})["']/g)) {
    const target = PICTURE_NAME.test(href) ? resolvePath(path, href) : undefined;
    if (!target || !archive.has(target) || inside.has(href) || inside.size >= 4) continue;
    const data = await archive.read(target, LARGEST_PICTURE / 4);
    const type = /\.png$/i.test(target) ? "image/png" : "image/jpeg";
    inside.set(href, `data:${type};base64,${data.toString("base64")}`);
  }
  for (const [href, data] of inside)
    text = text.replaceAll(`"${href}"`, `"${data}"`).replaceAll(`'${href}'`, `'${data}'`);
  return inside.size > 0 ? Buffer.from(text) : svg;
}

function allNamed(node: XmlNode | undefined, name: string): XmlNode[] {
  if (!node) return [];
  const below = elements(node).flatMap((child) => allNamed(child, name));
  return node.name === name ? [node, ...below] : below;
}
