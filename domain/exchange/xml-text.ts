/** XML as it is written: an element is its text, built from the inside out. */

/** What XML 1.0 cannot hold at all, even escaped, is left out: it would make the whole message unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are precisely what is looked for
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(NOT_XML, "")
    .replace(/[&<>"\r]/g, (sign) => SIGNS[sign] ?? sign);
const SIGNS: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** In an attribute a line's end would be read as a space. */
const escapedAttribute = (text: string): string =>
  escaped(text).replace(/\n/g, "&#10;").replace(/\t/g, "&#9;");

type Attributes = Record<string, string | undefined>;

/** An element that holds others; nothing at all where there are none. */
export function composite(
  name: string,
  children: readonly (string | undefined)[],
  attributes: Attributes = {},
): string {
  const inside = children.filter(Boolean).join("");
  return inside === "" ? "" : `<${name}${written(attributes)}>${inside}</${name}>`;
}

/** An element that holds a value; nothing at all without one. */
export function value(
  name: string,
  said: string | number | undefined | null,
  attributes: Attributes = {},
): string {
  const text = said === undefined || said === null ? "" : escaped(String(said));
  return text === "" ? "" : `<${name}${written(attributes)}>${text}</${name}>`;
}

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter((each): each is [string, string] => each[1] !== undefined)
    .map(([name, said]) => ` ${name}="${escapedAttribute(said)}"`)
    .join("");
