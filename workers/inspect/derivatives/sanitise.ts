/**
 * A page of a stranger's book → a fragment that may stand inside a page of ours. Strict allow-list: text and its
 * structure, tables, ruby, and the pictures that we re-encoded; no link, no script, no style, no class, no id, no address.
 */
import sanitizeHtml from "sanitize-html";

const BLOCKS = [
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "blockquote",
  "ul",
  "ol",
  "li",
  "dl",
  "dt",
  "dd",
  "figure",
  "figcaption",
  "div",
  "section",
  "pre",
  "hr",
  "br",
];
const TABLES = ["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"];
const PHRASES = [
  "em",
  "strong",
  "i",
  "b",
  "s",
  "small",
  "sub",
  "sup",
  "cite",
  "q",
  "abbr",
  "span",
  "code",
  "ruby",
  "rb",
  "rt",
  "rp",
  "bdi",
];
export const ALLOWED_TAGS = [...BLOCKS, ...TABLES, ...PHRASES, "img"];
export const ALLOWED_ATTRIBUTES = ["lang", "dir", "colspan", "rowspan", "src", "alt"];

export type Pictures = {
  /** The reference as the page writes it → the `src` to put there; undefined drops the picture. */
  sourceOf: (reference: string) => string | undefined;
};

export function sanitise(page: string, { sourceOf }: Pictures): string {
  return sanitizeHtml(page, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: {
      "*": ["lang", "dir"],
      th: ["colspan", "rowspan"],
      td: ["colspan", "rowspan"],
      img: ["src", "alt"],
    },
    // The only addresses that get through are those that `sourceOf` has just written.
    allowedSchemes: [],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    nonTextTags: [
      "script",
      "style",
      "textarea",
      "option",
      "noscript",
      "title",
      "head",
      "template",
      "iframe",
      "object",
      "embed",
      "audio",
      "video",
    ],
    transformTags: {
      "*": (tagName, attributes) => ({ tagName, attribs: spoken(attributes) }),
      img: (_tag, attributes) => picture(attributes.src, attributes.alt, sourceOf),
      // The picture of a cover or of a comic is often wrapped in an SVG.
      image: (_tag, attributes) =>
        picture(attributes["xlink:href"] ?? attributes.href, attributes.alt, sourceOf),
    },
    exclusiveFilter: (frame) => frame.tag === "img" && !frame.attribs.src,
    parser: {
      lowerCaseTags: true,
      lowerCaseAttributeNames: true,
      recognizeSelfClosing: true,
      recognizeCDATA: true,
      decodeEntities: true,
    },
  });
}

function spoken(attributes: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  const lang = attributes.lang ?? attributes["xml:lang"];
  const { dir } = attributes;
  return {
    ...attributes,
    ...(lang && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(lang) ? { lang } : { lang: "" }),
    ...(dir === "rtl" || dir === "ltr" ? { dir } : { dir: "" }),
  };
}

function picture(
  reference: string | undefined,
  alt: string | undefined,
  sourceOf: Pictures["sourceOf"],
): sanitizeHtml.Tag {
  const src = reference === undefined ? undefined : sourceOf(reference);
  return { tagName: "img", attribs: src === undefined ? {} : { src, alt: (alt ?? "").slice(0, 500) } };
}

/** The body of an XHTML page, or the whole when it has none. */
export function bodyOf(page: string): string {
  const start = /<body\b[^>]*>/i.exec(page);
  if (!start) return page;
  const from = start.index + start[0].length;
  const end = page.toLowerCase().lastIndexOf("</body");
  return page.slice(from, end > from ? end : undefined);
}

/** The fragment up to about `words` words, cut behind a whole top-level block; open blocks are closed by the sanitiser. */
export function cutAfter(fragment: string, words: number): string {
  const ends = /<\/(?:p|li|blockquote|h[1-6]|figure|pre|dd|tr)>/g;
  let counted = 0;
  let last = 0;
  for (let end = ends.exec(fragment); end; end = ends.exec(fragment)) {
    const upTo = end.index + end[0].length;
    counted +=
      fragment
        .slice(last, upTo)
        .replace(/<[^>]*>/g, " ")
        .match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    last = upTo;
    if (counted >= words) return sanitise(fragment.slice(0, upTo), { sourceOf: (source) => source });
  }
  return fragment;
}
