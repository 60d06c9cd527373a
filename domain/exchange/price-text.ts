/** « 12.50 », « 12,5 », « 12 » → 1250; undefined for what is no amount, or more than anything costs. */
export function centsOf(raw: string): number | undefined {
  const found = /^\s*(\d{1,7})(?:[.,](\d{1,2})0*)?\s*(?:\$|CAD)?\s*$/i.exec(raw);
  if (!found) return undefined;
  return Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}
