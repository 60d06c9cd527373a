/** What was typed in a form and not sent, kept in this browser alone, so that a closed tab or a dead battery loses nothing. */
export type TypedDraft = {
  /** When the last letter was typed, ISO. */
  at: string;
  /** The form as it would have been sent, what it showed of the record (`seen`) included. */
  fields: [string, string][];
};

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const longestKept = 30 * 86_400_000;
const keyOf = (place: string) => `typed:${place}`;

/** Of a form: its texts and choices. Files are not kept, nor which button was pressed. */
export const fieldsOf = (form: Iterable<[string, FormDataEntryValue]>): [string, string][] =>
  [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));

/** Whether both say the same, whatever each showed of the record before. */
export function sameTyped(a: TypedDraft["fields"], b: TypedDraft["fields"]): boolean {
  const said = (fields: TypedDraft["fields"]) => JSON.stringify(fields.filter(([name]) => name !== "seen"));
  return said(a) === said(b);
}

/** What was kept at this place; null where nothing was, where it is older than a month, or where it cannot be read. */
export function readTyped(kept: Kept, place: string, now: Date): TypedDraft | null {
  try {
    const found: unknown = JSON.parse(kept.getItem(keyOf(place)) ?? "null");
    if (!isTyped(found)) return null;
    return now.getTime() - Date.parse(found.at) < longestKept ? found : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing (private windows, a full disk) is no reason to stop typing. */
export function keepTyped(kept: Kept, place: string, draft: TypedDraft): void {
  try {
    kept.setItem(keyOf(place), JSON.stringify(draft));
  } catch {
    // Nothing is promised.
  }
}

export function forgetTyped(kept: Kept, place: string): void {
  try {
    kept.removeItem(keyOf(place));
  } catch {
    // Nothing was kept.
  }
}

function isTyped(found: unknown): found is TypedDraft {
  if (typeof found !== "object" || found === null) return false;
  const { at, fields } = found as Partial<TypedDraft>;
  return (
    typeof at === "string" &&
    !Number.isNaN(Date.parse(at)) &&
    Array.isArray(fields) &&
    fields.every(
      (each) => Array.isArray(each) && each.length === 2 && each.every((one) => typeof one === "string"),
    )
  );
}
