/**
 * Identifiers of the demo works. The check digits are right; the blocks (978-2-9999…, registrants ZZF and ZZH) are
 * at the far end of their ranges, so that they do not look like anybody's.
 */

/** ISBN-13 of the n-th demo edition, 13 digits without hyphens. */
export function isbn(n: number): string {
  const body = `97829999${String(n).padStart(4, "0")}`;
  return body + isbnCheckDigit(body);
}

/** Check digit of the first twelve digits of an ISBN-13 (weights 1, 3, 1, 3…). */
export function isbnCheckDigit(twelve: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(twelve[i]) * (i % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

/** ISRC of the n-th demo recording of a registrant: country, registrant, year 26, five digits. ISRC has no check digit. */
export function isrc(registrant: "CBZZF" | "FRZZH", n: number): string {
  return `${registrant}26${String(n).padStart(5, "0")}`;
}
