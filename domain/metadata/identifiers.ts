/**
 * Identifiers of works, people and recordings, and the check digits that tell a real one from a typing error.
 * Every function takes what a person or a file wrote and answers the canonical form, or undefined when it is not one.
 */

export const IDENTIFIER_SCHEMES = [
  "isbn",
  "isrc",
  "iswc",
  "isni",
  "gtin",
  "doi",
  "uuid",
  "uri",
  "other",
] as const;
export type IdentifierScheme = (typeof IDENTIFIER_SCHEMES)[number];
export type Identifier = { scheme: IdentifierScheme; value: string };

/** ISBN-10 or ISBN-13, with or without hyphens → the 13 digits. Both check digits are verified. */
export function isbn13(raw: string): string | undefined {
  const digits = compact(raw.replace(/^(?:urn:)?isbn(?:-1[03])?[:\s]*/i, ""));
  if (/^97[89]\d{10}$/.test(digits))
    return gtinCheckDigit(digits.slice(0, 12)) === digits[12] ? digits : undefined;
  if (!/^\d{9}[\dX]$/.test(digits)) return undefined;
  let sum = 0;
  for (let place = 0; place < 10; place += 1) {
    sum += (digits[place] === "X" ? 10 : Number(digits[place])) * (10 - place);
  }
  if (sum % 11 !== 0) return undefined;
  const body = `978${digits.slice(0, 9)}`;
  return body + gtinCheckDigit(body);
}

/** GTIN of 8, 12 (UPC), 13 (EAN) or 14 digits → the digits as given. */
export function gtin(raw: string): string | undefined {
  const digits = compact(raw);
  // Noughts pass every check digit and name nothing.
  if (/^0+$/.test(digits)) return undefined;
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return undefined;
  return gtinCheckDigit(digits.slice(0, -1)) === digits.at(-1) ? digits : undefined;
}

/**
 * ISRC: two letters, three alphanumerics, year and number of seven digits. It has no check digit: only the shape can
 * be verified, which is why a recording's ISRC stays a claim until somebody confirms it.
 */
export function isrc(raw: string): string | undefined {
  const code = compact(raw.replace(/^(?:urn:)?isrc[:\s]*/i, ""));
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code) ? code : undefined;
}

/** ISWC T-123.456.789-C: sum 1 + Σ place × digit over nine digits, modulo 10 (ISO 15707). → « T1234567894 ». */
export function iswc(raw: string): string | undefined {
  const code = compact(raw.replace(/\./g, "").replace(/^iswc[:\s]*/i, ""));
  if (!/^T\d{10}$/.test(code)) return undefined;
  let sum = 1;
  for (let place = 1; place <= 9; place += 1) sum += place * Number(code[place]);
  return (10 - (sum % 10)) % 10 === Number(code[10]) ? code : undefined;
}

/** ISNI (and ORCID, which is a block of ISNI): sixteen characters, ISO 7064 modulo 11-2. → sixteen characters. */
export function isni(raw: string): string | undefined {
  const code = compact(
    raw
      .replace(/^https?:\/\/(?:www\.)?(?:isni\.org\/(?:isni\/)?|orcid\.org\/)/i, "")
      .replace(/^isni[:\s]*/i, ""),
  );
  if (!/^\d{15}[\dX]$/.test(code)) return undefined;
  let sum = 0;
  for (let place = 0; place < 15; place += 1) sum = (sum + Number(code[place])) * 2;
  const check = (12 - (sum % 11)) % 11;
  return (check === 10 ? "X" : String(check)) === code[15] ? code : undefined;
}

/**
 * What an EPUB or a PDF calls an identifier → scheme and canonical value. `hint` is the scheme that the file names
 * (opf:scheme, identifier-type). `valid` is false when the file says ISBN and the check digit says no.
 */
export function recogniseIdentifier(raw: string, hint = ""): (Identifier & { valid: boolean }) | undefined {
  const text = raw.trim();
  if (text === "") return undefined;
  const saysIsbn = /^isbn$|^(?:02|15)$/i.test(hint) || /^(?:urn:)?isbn/i.test(text);
  const isbn = isbn13(text);
  if (isbn && (saysIsbn || /^97[89]/.test(compact(text))))
    return { scheme: "isbn", value: isbn, valid: true };
  const looksOtherwise = /^(?:urn:(?!isbn)|https?:|doi:|10\.)/i.test(text);
  if (saysIsbn && !looksOtherwise)
    return { scheme: "isbn", value: text.replace(/^(?:urn:)?isbn[:\s]*/i, ""), valid: false };
  const uuid = /^(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.exec(
    text,
  )?.[1];
  if (uuid) return { scheme: "uuid", value: uuid.toLowerCase(), valid: true };
  const doi = /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i.exec(text)?.[1];
  if (doi) return { scheme: "doi", value: doi.toLowerCase(), valid: true };
  if (/^https?:\/\/[^\s"'<>]+$/i.test(text)) return { scheme: "uri", value: text, valid: true };
  return { scheme: "other", value: text, valid: true };
}

function compact(raw: string): string {
  return raw.replace(/[\s\u2010-\u2015-]/g, "").toUpperCase();
}

/** Weights 3 and 1 from the right, modulo 10: the same for every GTIN length and for ISBN-13. */
function gtinCheckDigit(body: string): string {
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    sum += Number(body[body.length - 1 - place]) * (place % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}
