/**
 * Puts what the sanitiser let through into the order that HTML wants: strangers' books hold lists without items, cells without
 * tables, paragraphs inside headings. Browsers forgive that; readers of EPUB read XML, and some refuse the whole book. Words and
 * pictures stay, in their order; what gives way is the element that stands where none may. Pure: a tree in, a tree out.
 */
import type { XmlNode } from "../xml.ts";

type Child = XmlNode | string;
/** What may stand here: blocks, blocks without headings (a term, a heading cell), or only words and what stands in a line. */
type Place = "flow" | "plain" | "line";

const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);
const LINE = new Set(
  "em strong i b s small sub sup cite q abbr span code ruby rb rt rp bdi img br".split(" "),
);
const NOT_IN_PLAIN = new Set([...HEADINGS, "section"]);
const CELLS = new Set(["td", "th"]);
const SPANS = ["colspan", "rowspan"];
const ROW_GROUPS = new Set(["thead", "tbody", "tfoot"]);
/** Where these stand outside what they belong to. */
const STRAYS: Record<string, string | null> = {
  ...{ li: "div", dt: "div", dd: "div", figcaption: "div", caption: "div", td: "div", th: "div" },
  ...{ tr: null, thead: null, tbody: null, tfoot: null, rt: "span", rp: "span", rb: "span" },
};

const isNode = (child: Child): child is XmlNode => typeof child !== "string";
const isBlank = (child: Child): boolean => !isNode(child) && child.trim() === "";
const make = (name: string, children: Child[], like?: XmlNode): XmlNode =>
  ({ name, attributes: new Map(like?.attributes ?? []), children }) as XmlNode;
const holdsBlock = (node: XmlNode): boolean =>
  node.children.some((child) => isNode(child) && (!LINE.has(child.name) || holdsBlock(child)));

/** The children of a page's `section`, in an order that HTML knows. */
export function validChildren(children: readonly Child[], place: Place = "flow"): Child[] {
  return children.flatMap((child) => (isNode(child) ? valid(child, place) : [child]));
}

function valid(node: XmlNode, place: Place): Child[] {
  const { name } = node;
  if (name === "img" || name === "br") return [make(name, [], node)];
  if (name === "hr") return place === "line" ? [" "] : [make(name, [], node)];
  if (name === "ruby") return [ruby(node)];
  const stray = STRAYS[name];
  if (stray === null) return validChildren(node.children, place);
  if (stray !== undefined) {
    const stands = make(stray, node.children, node);
    for (const span of SPANS) stands.attributes.delete(span);
    return valid(stands, place);
  }
  if (LINE.has(name))
    return place !== "line" && holdsBlock(node)
      ? validChildren(node.children, place)
      : [make(name, validChildren(node.children, "line"), node)];
  // A block where only a line may stand: its words stay, parted from what surrounds them.
  if (place === "line") return [" ", ...validChildren(node.children, place), " "];
  if (place === "plain" && NOT_IN_PLAIN.has(name))
    return [make("div", validChildren(node.children, place), node)];
  if (HEADINGS.has(name) || name === "pre") return [make(name, validChildren(node.children, "line"), node)];
  if (name === "p")
    return holdsBlock(node)
      ? [make("div", validChildren(node.children, place), node)]
      : [make("p", validChildren(node.children, "line"), node)];
  if (name === "ul" || name === "ol") return [list(node, place)];
  if (name === "dl") return definitions(node, place);
  if (name === "figure") return [figure(node, place)];
  if (name === "table") return table(node, place);
  return [make(name, validChildren(node.children, place), node)];
}

function list(node: XmlNode, place: Place): XmlNode {
  const items = node.children
    .filter((child) => !isBlank(child))
    .map((child) => (isNode(child) && child.name === "li" ? child : make("li", [child])));
  return make(
    node.name,
    items.map((item) => make("li", validChildren(item.children, place), item)),
    node,
  );
}

/** Terms, then what they mean, and again; anything else is no list of definitions, and its parts follow each other. */
function definitions(node: XmlNode, place: Place): Child[] {
  const parts = node.children.filter((child) => !isBlank(child));
  const names = parts.map((part) => (isNode(part) ? part.name : "")).join(" ");
  if (!/^(?:(?:dt )+(?:dd )+)+$/.test(`${names} `)) return validChildren(parts, place);
  return [
    make(
      "dl",
      (parts as XmlNode[]).map((part) =>
        make(part.name, validChildren(part.children, part.name === "dt" ? "plain" : place), part),
      ),
      node,
    ),
  ];
}

/** Its caption comes first or last, once. */
function figure(node: XmlNode, place: Place): XmlNode {
  const parts = node.children.filter((child) => !isBlank(child));
  const children = parts.flatMap((part, at): Child[] => {
    if (!isNode(part) || part.name !== "figcaption") return validChildren([part], place);
    const first = parts.findIndex((each) => isNode(each) && each.name === "figcaption");
    const stands = at === first && (at === 0 || at === parts.length - 1);
    return [make(stands ? "figcaption" : "div", validChildren(part.children, place), part)];
  });
  return make("figure", children, node);
}

function table(node: XmlNode, place: Place): Child[] {
  const first = node.children.find((child) => !isBlank(child));
  const caption = first && isNode(first) && first.name === "caption" ? first : undefined;
  const groups: XmlNode[] = [];
  for (const child of node.children) {
    if (child === caption || isBlank(child)) continue;
    if (isNode(child) && ROW_GROUPS.has(child.name)) groups.push(make(child.name, rowsOf(child), child));
    else {
      const last = groups.at(-1);
      const rows = rowsOf(make("tbody", [child]));
      if (last?.name === "tbody") last.children.push(...rows);
      else groups.push(make("tbody", rows));
    }
  }
  const full = groups.filter(({ children }) => children.length > 0);
  if (full.length === 0) return validChildren(node.children, place);
  const named = full.map((group, at) => {
    const isHead = group.name === "thead" && at === 0 && full.length > 1;
    const isFoot = group.name === "tfoot" && at === full.length - 1 && at > 0;
    const name = isHead ? "thead" : isFoot ? "tfoot" : "tbody";
    return make(name, group.children, group);
  });
  // A caption holds no table, and no heading cell a heading.
  const head = caption ? [make("caption", validChildren(caption.children, "line"), caption)] : [];
  return [make("table", [...head, ...named], node)];
}

function rowsOf(group: XmlNode): XmlNode[] {
  const rows: XmlNode[] = [];
  let loose: XmlNode | undefined;
  for (const child of group.children) {
    if (isBlank(child)) continue;
    if (isNode(child) && child.name === "tr") {
      loose = undefined;
      rows.push(make("tr", cellsOf(child), child));
    } else {
      if (!loose) {
        loose = make("tr", []);
        rows.push(loose);
      }
      loose.children.push(...cellsOf(make("tr", [child])));
    }
  }
  return rows.filter(({ children }) => children.length > 0);
}

function cellsOf(row: XmlNode): XmlNode[] {
  return row.children
    .filter((child) => !isBlank(child))
    .map((child) => {
      const cell = isNode(child) && CELLS.has(child.name) ? child : make("td", [child]);
      const clean = make(
        cell.name,
        validChildren(cell.children, cell.name === "th" ? "plain" : "flow"),
        cell,
      );
      for (const name of SPANS) {
        const span = clean.attributes.get(name);
        if (span !== undefined && !/^[1-9]\d{0,2}$/.test(span)) clean.attributes.delete(name);
      }
      return clean;
    });
}

/** Signs, then how they are read, and again; anything else is words in a line. */
function ruby(node: XmlNode): XmlNode {
  const parts = node.children
    .flatMap((child) => (isNode(child) && child.name === "rb" ? child.children : [child]))
    .filter((child) => !isBlank(child));
  const shape = parts
    .map((part) =>
      isNode(part) && part.name === "rt" ? "t" : isNode(part) && part.name === "rp" ? "p" : "w",
    )
    .join("");
  if (!/^(?:w+(?:t|ptp))+$/.test(shape)) return make("span", validChildren(node.children, "line"), node);
  return make(
    "ruby",
    parts.flatMap((part) =>
      isNode(part) && (part.name === "rt" || part.name === "rp")
        ? [make(part.name, validChildren(part.children, "line"), part)]
        : validChildren([part], "line"),
    ),
    node,
  );
}

/** As XML, escaped. */
export function written(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (!isNode(child)) return escapeText(child);
      const attributes = [...child.attributes]
        .map(([name, value]) => ` ${name}="${escapeText(value).replace(/"/g, "&quot;")}"`)
        .join("");
      const inside = written(child.children);
      return inside === "" && VOID.has(child.name)
        ? `<${child.name}${attributes} />`
        : `<${child.name}${attributes}>${inside}</${child.name}>`;
    })
    .join("");
}

const VOID = new Set(["img", "br", "hr"]);
const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
