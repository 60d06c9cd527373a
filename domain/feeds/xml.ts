/** A piece of XML that is written already: what `xml` makes, and nothing else. */
export type Xml = { readonly text: string };

type Part = Xml | string | number | null | undefined | false | readonly Part[];

/**
 * XML from a template: every text and attribute put into it is escaped, and what XML 1.0 cannot hold (control characters, lone
 * surrogates, U+FFFE) is left out. Pieces made by `xml` go in as they are, lists one after the other; null, undefined and false
 * are nothing. Write attributes in double quotes.
 */
export function xml(words: TemplateStringsArray, ...parts: Part[]): Xml {
  return { text: words.reduce((text, word, i) => text + (i === 0 ? "" : written(parts[i - 1])) + word, "") };
}

export const xmlDocument = ({ text }: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "text" in part ? part.text : part.map(written).join("");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: just these are what XML cannot hold
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/g, "")
      .replace(/[&<>"']/g, (sign) => entities[sign]!)
  );
}
