import { StringDecoder } from "node:string_decoder";
import sanitizeHtml from "sanitize-html";
import type { House } from "../house.ts";

/** A page of words is some ten kilobytes; its pictures, which it carries within, are the rest. */
const mostBytes = 6_000_000;

/** A page of a sample as HTML that may stand inside ours. */
export async function readSamplePage(
  { storage }: Pick<House, "storage">,
  storageKey: string,
): Promise<string> {
  const decoder = new StringDecoder("utf8");
  let html = "";
  let size = 0;
  for await (const chunk of await storage.read(storageKey)) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) break;
    html += decoder.write(chunk as Buffer);
  }
  return cleanSample(html + decoder.end());
}

const structure = "p h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd figure figcaption div section pre hr br";
const tables = "table caption thead tbody tfoot tr th td";
const phrases = "em strong i b s small sub sup cite q abbr span code ruby rb rt rp bdi";

/**
 * It was cleaned when it was made; it is cleaned again here, because what a bucket holds is not ours to trust: no script, no
 * style, no form, no address; pictures only as they were made, within the page. The book's own first heading comes second to ours.
 */
export function cleanSample(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...structure.split(" "), ...tables.split(" "), ...phrases.split(" "), "img"],
    allowedAttributes: {
      "*": ["lang", "dir"],
      th: ["colspan", "rowspan"],
      td: ["colspan", "rowspan"],
      img: ["src", "alt"],
    },
    allowedSchemes: [],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    transformTags: {
      "*": (tagName, { lang, dir, ...attribs }) => ({
        tagName: tagName === "h1" ? "h2" : tagName,
        attribs: { ...attribs, ...(lang && { lang }), ...(dir && { dir }) },
      }),
    },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === "img" && !/^data:image\/(?:jpeg|png|webp|avif|gif);base64,/.test(attribs.src ?? ""),
  });
}
