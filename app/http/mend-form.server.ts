import type { Database } from "#db/connection.ts";
import type { House } from "#domain/house.ts";
import { confirmRecord } from "#domain/metadata/confirm-record.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import type { Corrections } from "#domain/metadata/corrections.ts";
import { giveIsrcs } from "#domain/metadata/give-isrcs.server.ts";
import type { Speaker } from "#domain/metadata/lock-record.server.ts";
import type { RecordSeen } from "#domain/metadata/record-seen.server.ts";
import type { WorkFacts } from "#domain/metadata/score.ts";
import { stateAccessibility } from "#domain/metadata/state-accessibility.server.ts";
import { subjectCode } from "#domain/metadata/subject-codes.ts";
import { Refusal } from "#domain/refusal.ts";
import type { Locale } from "#i18n/locale.ts";
import { missing } from "./door.server.ts";
import { type FormAnswer, orRefuse } from "./form.server.ts";

const lines = ["title", "publisher", "publishedOn", "language", "originalLanguage"] as const;
type Facts = Pick<WorkFacts, "kind" | "subjects" | "identifiers">;

/**
 * Writes what one of the small forms under a score says: `mend` names the field, or `confirm`. What the form does not show is carried
 * over from the record. Refuses what the verbs refuse; a field that no form has is `not_found`.
 */
export async function mendRecord(
  db: Database,
  house: Pick<House, "clock">,
  speaker: Speaker,
  facts: Facts,
  form: FormData,
): Promise<void> {
  const mend = String(form.get("mend") ?? "");
  const text = (name: string) => String(form.get(name) ?? "").trim();
  // Who saves what a file had said, unchanged, has confirmed it.
  const correct = async (values: Corrections) => {
    await correctRecord(db, house, { ...speaker, values, seen: seenOf(form, values) });
    await confirmRecord(db, house, { ...speaker, fields: Object.keys(values) });
  };
  const line = lines.find((name) => name === mend);
  if (line) return correct({ [line]: text(line) });
  switch (mend) {
    case "confirm":
      return void (await confirmRecord(db, house, speaker));
    case "description":
      return correct({ description: { fr: text("descriptionFr"), en: text("descriptionEn") } });
    case "subjects":
      return correct({ subjects: withSubject(facts, text) });
    case "identifiers":
      return correct({ identifiers: withNumbers(facts, form) });
    case "isrc": {
      const given = [...form].filter(([name]) => name.startsWith("isrc-"));
      const isrcs = given.map(([name, value]) => ({ recordingId: name.slice(5), value: String(value) }));
      return giveIsrcs(db, house, { ...speaker, isrcs });
    }
    case "accessibility": {
      const all = (name: string) => form.getAll(name).map(String);
      const stated = { features: all("features"), hazards: all("hazards"), summary: text("summary") };
      return stateAccessibility(db, house, { ...speaker, ...stated });
    }
    default:
      throw new Refusal("not_found");
  }
}

/** The mark that the small form bore of the one field that it shows. */
function seenOf(form: FormData, values: Corrections): RecordSeen | undefined {
  const [field] = Object.keys(values);
  const mark = form.get("seen");
  return field !== undefined && typeof mark === "string" && mark !== "" ? { [field]: mark } : undefined;
}

/** A heading of Thema or CLIL, beside those that are there; its label if none is given is its code. */
function withSubject(
  { subjects }: Facts,
  text: (name: string) => string,
): NonNullable<Corrections["subjects"]> {
  const coded = subjectCode(text("scheme"), text("code"));
  if (!coded) throw new Refusal("field_invalid", { field: "code" });
  const label = text("label") || coded.code;
  return [...subjects.filter((subject) => subject.label !== label), { label, ...coded }];
}

/** The numbers of the record in their order, with what was typed in place of those that the form shows: one for each bearer. */
function withNumbers({ kind, identifiers }: Facts, form: FormData): NonNullable<Corrections["identifiers"]> {
  const scheme = kind === "book" ? "isbn" : "gtin";
  const typed = new Map(
    [...form]
      .filter(([name]) => name.startsWith("number-"))
      .map(([name, value]) => [name.slice("number-".length), String(value).trim()]),
  );
  const kept = identifiers.filter(
    (each) =>
      ["isbn", "gtin", "doi"].includes(each.scheme) &&
      !(each.scheme === scheme && typed.has(each.format ?? "work")),
  );
  const said = [...typed]
    .filter(([, value]) => value !== "")
    .map(([bearer, value]) => ({
      scheme,
      value,
      format: bearer === "work" ? null : bearer,
    }));
  return [...kept, ...said].map(
    ({ scheme: of, value, format }) =>
      ({ scheme: of, value, ...(format ? { format } : {}) }) as NonNullable<
        Corrections["identifiers"]
      >[number],
  );
}

/** The same for a page: a refusal becomes the answer of the form, under its field, with what was typed. */
export async function answerMend(
  locale: Locale,
  form: FormData,
  mend: () => Promise<void>,
): Promise<{ ok: true } | { ok: false; answer: FormAnswer }> {
  const done = await orRefuse(locale, mend);
  if (done.ok) return { ok: true };
  if (done.refusal.code === "not_found") throw missing();
  // The form bears the new mark when it is shown again: who saves once more has seen what there is.
  const values = Object.fromEntries(
    [...form].filter(([name]) => name !== "seen").map(([name, value]) => [name, String(value)]),
  );
  const { field } = done.refusal.details;
  if (typeof field !== "string" || done.refusal.code === "record_changed")
    return { ok: false, answer: { ...done.answer, values } };
  const wrong =
    field === "identifiers" ? Object.keys(values).filter((name) => name.startsWith("number-")) : [field];
  const errors = Object.fromEntries(wrong.map((name) => [name, "invalid" as const]));
  return { ok: false, answer: { errors, values } };
}
