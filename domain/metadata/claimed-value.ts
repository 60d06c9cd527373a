/** A claim, whoever made it, as the correction that would say the same. Pure. */
import { CORRECTED_FIELDS, type CorrectedField, type Corrections, readCorrections } from "./corrections.ts";
import { COLUMNS } from "./record-columns.ts";

type Said = { field: string; value: unknown; language: string | null; format?: "epub" | "pdf" | null };

/** Null where a claim says nothing that a correction could: a field of files alone, or a value that no record may hold. */
export function claimedValue({ field, value, language, format }: Said): Corrections | null {
  if (!CORRECTED_FIELDS.includes(field as CorrectedField)) return null;
  const given = { [field]: shaped(field as CorrectedField, value, language, format ?? null) } as Corrections;
  return readCorrections(given).invalid.length === 0 ? given : null;
}

function shaped(
  field: CorrectedField,
  value: unknown,
  language: string | null,
  format: "epub" | "pdf" | null,
): unknown {
  if (field === "contributors")
    return list(value).map(({ name, role }) => ({ name: String(name), role: String(role) }));
  if (field === "identifiers")
    return list(value)
      .filter(({ scheme }) => scheme === "isbn" || scheme === "gtin" || scheme === "doi")
      .map((each) => ({
        scheme: each.scheme,
        value: String(each.value),
        ...((each.format ?? format) ? { format: each.format ?? format } : {}),
      }));
  return COLUMNS[field].fromClaim(value, language);
}

const list = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
