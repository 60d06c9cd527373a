/**
 * Words that come out of an uploaded file are claims by a stranger: before they are kept they are made into plain,
 * well-formed, bounded text. Nothing here escapes for HTML: that is the page's work, and doing it twice shows "&amp;amp;".
 */

/** Longest value kept, in UTF-16 units, by kind of field. A title longer than this is an attack or a mistake. */
export const LONGEST = { line: 1_000, name: 300, subject: 200, text: 20_000, lyrics: 50_000 } as const;

/** Explicit direction overrides and isolates: they can make « exe.livre » read as « livre.exe » in a list. */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;
/** C0 and C1 controls except tab and line ends, the byte-order mark, the interlinear and the "not a character" points. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are precisely what is looked for
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/g;

/** One line: NFC, no controls, no direction overrides, spaces folded, at most `longest` units. May be empty. */
export function cleanLine(raw: string, longest: number = LONGEST.line): string {
  return cut(plain(raw).replace(/\s+/gu, keepNarrowSpaces).trim(), longest);
}

/** Several lines: as `cleanLine`, but line ends are kept (never more than one empty line). May be empty. */
export function cleanText(raw: string, longest: number = LONGEST.text): string {
  const lines = plain(raw)
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .split("\n")
    .map((line) => line.replace(/[^\S\n]+/gu, keepNarrowSpaces).trim());
  return cut(
    lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
    longest,
  );
}

/**
 * UTF-8 that some tool declared as Latin-1: « NoÃ«l » is « Noël ». Repaired only when every unit could be a byte and
 * the bytes are strictly valid UTF-8 with at least one accent; otherwise undefined.
 */
export function repairMojibake(text: string): string | undefined {
  if (!/[\u00C2-\u00F4][\u0080-\u00BF\u0152-\u2122]/u.test(text)) return undefined;
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const byte = code < 0x100 ? code : WINDOWS_1252.get(code);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

/** A description is often HTML in disguise: tags out, the five usual entities back, paragraphs kept as line ends. */
export function withoutMarkup(raw: string): string {
  if (!/<\/?[a-z][^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d{1,6});/i.test(raw)) return raw;
  return raw
    .slice(0, 4 * LONGEST.text)
    .replace(/<(script|style)\b[^<>]*>[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|blockquote)\s*>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#\d{1,6});/gi, (whole, name: string) => {
      if (name.startsWith("#")) return codePoint(Number(name.slice(1))) ?? whole;
      return ENTITIES[name.toLowerCase()] ?? whole;
    });
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00A0" };

function codePoint(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function plain(raw: string): string {
  return raw.toWellFormed().replace(CONTROLS, "").replace(DIRECTION_MARKS, "").normalize("NFC");
}

/** French typography puts no-break spaces before « : ; ? ! »: a lone one is kept, any other run becomes one space. */
function keepNarrowSpaces(run: string): string {
  return run === "\u00A0" || run === "\u202F" || run === "\u3000" ? run : " ";
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, "")
        .trimEnd()}…`;
}

/** The 27 places where Windows-1252 departs from Latin-1: readers "helpfully" decode bytes 0x80–0x9F through them. */
const WINDOWS_1252 = new Map<number, number>(
  (
    [
      [0x20ac, 0x80],
      [0x201a, 0x82],
      [0x0192, 0x83],
      [0x201e, 0x84],
      [0x2026, 0x85],
      [0x2020, 0x86],
      [0x2021, 0x87],
      [0x02c6, 0x88],
      [0x2030, 0x89],
      [0x0160, 0x8a],
      [0x2039, 0x8b],
      [0x0152, 0x8c],
      [0x017d, 0x8e],
      [0x2018, 0x91],
      [0x2019, 0x92],
      [0x201c, 0x93],
      [0x201d, 0x94],
      [0x2022, 0x95],
      [0x2013, 0x96],
      [0x2014, 0x97],
      [0x02dc, 0x98],
      [0x2122, 0x99],
      [0x0161, 0x9a],
      [0x203a, 0x9b],
      [0x0153, 0x9c],
      [0x017e, 0x9e],
      [0x0178, 0x9f],
    ] as const
  ).map(([code, byte]) => [code, byte]),
);
