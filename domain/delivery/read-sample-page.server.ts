import { StringDecoder } from "node:string_decoder";
import sanitizeHtml from "sanitize-html";
import type { House } from "../house.ts";

const mostBytes = 1_000_000;

/**
 * A page of a sample as HTML that may stand inside ours. It was cleaned when it was made; it is cleaned again here, because what a
 * bucket holds is not ours to trust: no script, no style, no form, no address but a place in the text. Headings go one level
 * down where the book has its own h1.
 */
export async function readSamplePage(
  { storage }: Pick<House, "storage">,
  storageKey: string,
): Promise<string> {
  const decoder = new StringDecoder("utf8");
  let html = "";
  let size = 0;
  for await (const chunk of await storage.read(storageKey, { start: 0, end: mostBytes - 1 })) {
    size += (chunk as Buffer).length;
    html += decoder.write(chunk as Buffer);
    if (size >= mostBytes) break;
  }
  return cleanSample(html + decoder.end());
}

export function cleanSample(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ..."p h2 h3 h4 h5 h6 blockquote ul ol li dl dt dd hr br em strong i b small sub sup cite q abbr span div section".split(
        " ",
      ),
      ..."article aside header footer figure figcaption pre code ruby rt rp table thead tbody tr th td".split(
        " ",
      ),
    ],
    allowedAttributes: {
      "*": ["lang", "dir"],
      ol: ["start"],
      abbr: ["title"],
      th: ["scope"],
      td: ["colspan", "rowspan"],
    },
    transformTags: { h1: "h2" },
  });
}
