/**
 * From the archive to the package: mimetype, container, OPF; and the plan of the book (manifest and spine) with paths
 * already resolved inside the archive. What cannot be resolved there does not exist.
 */
import { Unacceptable } from "../inspection.ts";
import { attribute, childrenNamed, descend, parseXml, type XmlNode } from "../xml.ts";
import type { Archive } from "./archive.ts";

export type ManifestItem = {
  id: string;
  href: string;
  path: string;
  mediaType: string;
  properties: string[];
};

export type Package = {
  path: string;
  version: string;
  metadata: XmlNode;
  root: XmlNode;
  items: ManifestItem[];
  spine: ManifestItem[];
  /** itemrefs that point nowhere. */
  spineLost: number;
  progression: string | undefined;
  hasNcx: boolean;
  errors: number;
  repaired: boolean;
  /** The container names the package with a media type that is not a package's: readers open it, tools complain. */
  oddContainer: boolean;
};

export const NCX = "application/x-dtbncx+xml";
const LARGEST_CONTAINER = 262_144;
const LARGEST_OPF = 16 * 1_048_576;

/** « epub » when the archive says so, « missing » or « late » (present, not first) are dirt that readers forgive. */
export async function mimetypeState(archive: Archive): Promise<"right" | "late" | "missing"> {
  if (!archive.has("mimetype")) return "missing";
  if (archive.size("mimetype") > 64) throw new Unacceptable("not_epub", "mimetype too long");
  const said = (await archive.read("mimetype", 64))
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trim();
  if (said !== "application/epub+zip") throw new Unacceptable("not_epub", said);
  return archive.names[0] === "mimetype" ? "right" : "late";
}

/** Only these two algorithms hide fonts; any other means that the pages themselves are locked. */
const FONT_OBFUSCATION = new Set(["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]);

export async function refuseProtection(archive: Archive): Promise<void> {
  const name = "META-INF/encryption.xml";
  if (!archive.has(name)) return;
  const document = parseXml(await archive.read(name, 4 * 1_048_576));
  for (const data of document ? childrenNamed(document.root, "EncryptedData") : []) {
    const method = descend(data, "EncryptionMethod");
    const algorithm = method ? (attribute(method, "Algorithm") ?? "") : "";
    if (!FONT_OBFUSCATION.has(algorithm)) throw new Unacceptable("drm", algorithm);
  }
}

export async function readPackage(archive: Archive): Promise<Package> {
  const { path, odd } = await packagePath(archive);
  if (!archive.has(path)) throw new Unacceptable("opf_missing", path);
  if (archive.size(path) > LARGEST_OPF) throw new Unacceptable("opf_too_large", String(archive.size(path)));
  const document = parseXml(await archive.read(path, LARGEST_OPF));
  if (document?.root.name !== "package") throw new Unacceptable("opf_malformed", "no package element");
  const { root } = document;
  const metadata = childrenNamed(root, "metadata")[0];
  if (!metadata) throw new Unacceptable("opf_malformed", "no metadata");
  const items = childrenNamed(childrenNamed(root, "manifest")[0], "item").flatMap((node) =>
    manifestItem(node, path),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const spineNode = childrenNamed(root, "spine")[0];
  const references = childrenNamed(spineNode, "itemref").map((node) =>
    byId.get(attribute(node, "idref") ?? ""),
  );
  const spine = references.filter(
    (item): item is ManifestItem => item !== undefined && archive.has(item.path),
  );
  return {
    path,
    version: attribute(root, "version") ?? "2.0",
    metadata: oldMetadata(metadata),
    root,
    items,
    spine,
    spineLost: references.length - spine.length,
    progression: spineNode ? attribute(spineNode, "page-progression-direction") : undefined,
    hasNcx: items.some(({ mediaType }) => mediaType === NCX),
    errors: document.errors,
    repaired: document.repaired,
    oddContainer: odd,
  };
}

/**
 * EPUB 2 allowed `dc-metadata` and `x-metadata` inside `metadata`: the same children, one level down; and older tools
 * write `dc:Title`, with a capital.
 */
function oldMetadata(metadata: XmlNode): XmlNode {
  const inner = [...childrenNamed(metadata, "dc-metadata"), ...childrenNamed(metadata, "x-metadata")];
  const children = [...metadata.children, ...inner.flatMap((node) => node.children)];
  return {
    ...metadata,
    children: children.map((child) =>
      typeof child === "string" || !/^[A-Z]/.test(child.name)
        ? child
        : { ...child, name: child.name.toLowerCase() },
    ),
  };
}

async function packagePath(archive: Archive): Promise<{ path: string; odd: boolean }> {
  const name = "META-INF/container.xml";
  if (!archive.has(name)) throw new Unacceptable("container_missing");
  const document = parseXml(await archive.read(name, LARGEST_CONTAINER));
  const files = childrenNamed(
    document
      ? descend({ name: "", attributes: new Map(), children: [document.root] }, "rootfiles")
      : undefined,
    "rootfile",
  );
  const regular = files.find((node) => attribute(node, "media-type") === "application/oebps-package+xml");
  const chosen = regular ?? files[0];
  const written = chosen ? attribute(chosen, "full-path") : undefined;
  const path = written ? resolvePath("", written) : undefined;
  if (!path) throw new Unacceptable("container_malformed", written ?? "no rootfile");
  return { path, odd: regular === undefined };
}

function manifestItem(node: XmlNode, packagePath: string): ManifestItem[] {
  const href = attribute(node, "href");
  const path = href ? resolvePath(packagePath, href) : undefined;
  if (!href || !path) return [];
  return [
    {
      id: attribute(node, "id") ?? "",
      href,
      path,
      mediaType: (attribute(node, "media-type") ?? "").toLowerCase().trim(),
      properties: (attribute(node, "properties") ?? "").split(/\s+/).filter(Boolean),
    },
  ];
}

/**
 * A reference found in the file `from` → a name in the archive, without fragment; undefined when it leads outside. The root
 * of a path is the archive's; a backslash is what some tools write for a slash.
 */
export function resolvePath(from: string, href: string): string | undefined {
  const bare = (href.split(/[#?]/)[0] ?? "").trim().replaceAll("\\", "/");
  if (bare === "" || /^[a-z][a-z0-9+.-]*:/i.test(bare) || bare.startsWith("//")) return undefined;
  const decoded = bare.includes("%") ? percentDecoded(bare) : bare;
  const parts = bare.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of decoded.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function percentDecoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference; // a lone « % » in a file name: taken as written
  }
}
