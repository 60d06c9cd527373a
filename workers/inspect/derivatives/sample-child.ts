/**
 * The child that makes the sample of an EPUB: reads the book under the same bounds as the inspector, writes `sample.epub`
 * and one HTML fragment a page in the work folder, and answers with their list.
 */

import { writeSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanLine } from "#domain/metadata/clean-text.ts";
import { type Archive, openArchive } from "../epub/archive.ts";
import { readContents } from "../epub/contents.ts";
import {
  type ManifestItem,
  type Package,
  readPackage,
  refuseProtection,
  resolvePath,
} from "../epub/package.ts";
import { wordsOf } from "../epub/words.ts";
import { rasterise } from "../image/rasterise.ts";
import { parseXml, type XmlNode } from "../xml.ts";
import { type ChosenPage, choosePages, type SpineDocument } from "./choose-pages.ts";
import { type SamplePage, writeSampleEpub } from "./sample-epub.ts";
import { ALLOWED_TAGS, bodyOf, cutAfter, sanitise } from "./sanitise.ts";
import { validChildren, written } from "./valid-structure.ts";

export type SampleJob = {
  path: string;
  identifier: string;
  title: string;
  people: string[];
  language: string | null;
  modifiedAt: string;
  /** A JPEG of ours in the work folder. */
  coverPath: string | null;
};
export type SampleAnswer = {
  pages: { file: string; title: string; words: number }[];
  epub: string;
  language: string;
  direction: "ltr" | "rtl";
};

const LARGEST_PAGE = 8 * 1_048_576;
const MOST_BYTES_COUNTED = 60 * 1_048_576;
const LARGEST_PICTURE = 12 * 1_048_576;
const MOST_PICTURES = 16;
const PICTURE_WIDTH = 900;
const LONGEST_FRAGMENT = 3 * 1_048_576;

const job = JSON.parse(process.argv[2] ?? "{}") as SampleJob & { workDir: string };
for (const name of ["uncaughtException", "unhandledRejection"] as const)
  process.on(name, () => process.exit(1));
writeSync(3, `${JSON.stringify(await makeSample())}\n`);
process.exit(0);

async function makeSample(): Promise<SampleAnswer> {
  const archive = await openArchive(job.path);
  await refuseProtection(archive);
  const book = await readPackage(archive);
  const chosen = choosePages(await documentsOf(archive, book));
  const titles = await titlesOf(archive, book);
  const pictures = new Map<string, { name: string; jpeg: Buffer }>();
  const pages: (SamplePage & { html: string; words: number })[] = [];
  for (const choice of chosen) {
    const page = await pageOf(archive, book.spine[choice.index] as ManifestItem, choice, pictures);
    if (!page) continue;
    const title =
      titles.get((book.spine[choice.index] as ManifestItem).path) ??
      headingOf(page.fragment) ??
      String(pages.length + 1);
    pages.push({ title, ...page });
  }
  const language = job.language ?? "und";
  const direction = book.progression === "rtl" ? "rtl" : "ltr";
  for (const [index, { html }] of pages.entries()) {
    await writeFile(
      join(job.workDir, `page-${index + 1}.html`),
      `<div lang="${language}" dir="${direction}">${html}</div>`,
    );
  }
  const cover = job.coverPath ? await readFile(job.coverPath) : undefined;
  await writeSampleEpub(join(job.workDir, "sample.epub"), {
    ...job,
    language,
    direction,
    pages,
    pictures: [...pictures.values()],
    cover,
  });
  return {
    pages: pages.map(({ title, words }, index) => ({ file: `page-${index + 1}.html`, title, words })),
    epub: "sample.epub",
    language,
    direction,
  };
}

async function documentsOf(archive: Archive, book: Package): Promise<SpineDocument[]> {
  const documents: SpineDocument[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const item of book.spine) {
    // Some tools list a file once for each of its sections: it is still read once.
    const again = seen.has(item.path);
    seen.add(item.path);
    bytes += archive.size(item.path);
    const isText =
      /xhtml|html/.test(item.mediaType) &&
      archive.size(item.path) <= LARGEST_PAGE &&
      bytes <= MOST_BYTES_COUNTED;
    const isFront =
      item.properties.includes("nav") || /(?:^|[/_-])(?:cover|couverture|toc|nav)\.x?html?$/i.test(item.path);
    const page = isText ? (await archive.read(item.path, LARGEST_PAGE)).toString("utf8") : "";
    documents.push({
      words: wordsOf(page),
      images: page.match(/<(?:img|image)\b/gi)?.length ?? 0,
      skip: !isText || isFront || again,
    });
  }
  return documents;
}

async function titlesOf(archive: Archive, book: Package): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const { title, href } of await readContents(archive, book).catch(() => [])) {
    const path = href?.split("#")[0];
    if (path && !titles.has(path)) titles.set(path, title);
  }
  return titles;
}

type Page = { fragment: string; html: string; words: number };

/** `fragment` names its pictures by file, for the EPUB; `html` holds them inside, for the web page. */
async function pageOf(
  archive: Archive,
  item: ManifestItem,
  choice: ChosenPage,
  pictures: Map<string, { name: string; jpeg: Buffer }>,
): Promise<Page | undefined> {
  const body = bodyOf((await archive.read(item.path, LARGEST_PAGE)).toString("utf8"));
  for (const reference of referencesIn(body)) {
    const path = resolvePath(item.path, reference);
    if (path && !pictures.has(path) && pictures.size < MOST_PICTURES && archive.has(path))
      await addPicture(archive, path, pictures);
  }
  const pictureOf = (reference: string) => pictures.get(resolvePath(item.path, reference) ?? "");
  let fragment = sanitise(body, { sourceOf: (reference) => nameOf(pictureOf(reference)) });
  if (choice.upTo !== undefined) fragment = cutAfter(fragment, choice.upTo);
  const tree = cleanTree(fragment);
  if (!tree) return undefined;
  fragment = written(validChildren(tree.children));
  const html = sanitise(fragment, {
    sourceOf: (name) => dataOf([...pictures.values()].find((each) => nameOf(each) === name)),
  });
  // A page that holds too much for the web is still leafed through in the EPUB, and there without its pictures here.
  const light = html.length <= LONGEST_FRAGMENT ? html : sanitise(fragment, { sourceOf: () => undefined });
  return { fragment, html: light, words: wordsOf(fragment) };
}

function nameOf(picture: { name: string } | undefined): string | undefined {
  return picture && `images/${picture.name}`;
}

function dataOf(picture: { jpeg: Buffer } | undefined): string | undefined {
  return picture && `data:image/jpeg;base64,${picture.jpeg.toString("base64")}`;
}

function referencesIn(body: string): string[] {
  return [
    ...body.matchAll(/<(?:img|image)\b[^>]*?\s(?:src|xlink:href|href)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi),
  ].map((found) => found[1] ?? found[2] ?? "");
}

async function addPicture(
  archive: Archive,
  path: string,
  pictures: Map<string, { name: string; jpeg: Buffer }>,
): Promise<void> {
  if (archive.size(path) > LARGEST_PICTURE) return;
  try {
    const { jpeg } = await rasterise(await archive.read(path, LARGEST_PICTURE), {
      longestSide: PICTURE_WIDTH,
      quality: 74,
    });
    pictures.set(path, { name: `${pictures.size + 1}.jpg`, jpeg });
  } catch {
    // A picture that cannot be read is left out; the words around it are not.
  }
}

function headingOf(fragment: string): string | undefined {
  const heading = /<h[1-4][^>]*>([\s\S]*?)<\/h[1-4]>/.exec(fragment)?.[1];
  const title = heading ? cleanLine(heading.replace(/<[^>]*>/g, " ").replace(/&amp;/g, "&"), 200) : "";
  return title || undefined;
}

/** The sanitiser's own work is read again as XML: what is not well formed, or holds anything unforeseen, is left out. */
function cleanTree(fragment: string): XmlNode | undefined {
  const document = parseXml(Buffer.from(`<section>${fragment}</section>`));
  if (!document || document.errors > 0) return undefined;
  const queue = [document.root];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (!ALLOWED_TAGS.includes(node.name)) return undefined;
    for (const child of node.children) if (typeof child !== "string") queue.push(child);
  }
  return document.root;
}
