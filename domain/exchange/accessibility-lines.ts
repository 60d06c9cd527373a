/** What a book says of its accessibility ⇄ the features of a product's form (List 79 type 09 with List 196, type 12 with List 143). */
import type { Accessibility } from "../catalogue/queries.server.ts";
import { CONFORMANCE, certifiedByCode, conformanceCode, FEATURE_CODES, HAZARD_CODES } from "./onix-codes.ts";

export type FormFeature = { type: string; value: string; description?: string };

/** A property that no code holds is told in words under code 00, « accessMode: textual »: a person reads it, and so do we. */
const IN_WORDS = {
  accessMode: "accessModes",
  accessModeSufficient: "sufficientModes",
  accessibilityFeature: "features",
  accessibilityHazard: "hazards",
} as const;
type Word = keyof typeof IN_WORDS;

export function formFeaturesOf(said: Accessibility): FormFeature[] {
  const coded = (type: string, codes: Record<string, string>, word: Word, values: readonly string[] = []) =>
    values.map((value) =>
      Object.hasOwn(codes, value) ? { type, value: codes[value]! } : inWords(word, value),
    );
  const conformity = said.conformsTo && conformanceCode(said.conformsTo);
  return [
    ...(said.summary ? [{ type: "09", value: "00", description: said.summary }] : []),
    ...(said.conformsTo
      ? [
          conformity
            ? { type: "09", value: conformity, description: said.conformsTo }
            : inWords("conformsTo", said.conformsTo),
        ]
      : []),
    ...(said.certifiedBy ? [{ type: "09", value: certifiedByCode, description: said.certifiedBy }] : []),
    ...coded("09", FEATURE_CODES, "accessibilityFeature", said.features),
    ...coded("12", HAZARD_CODES, "accessibilityHazard", said.hazards),
    ...(said.accessModes ?? []).map((mode) => inWords("accessMode", mode)),
    ...(said.sufficientModes ?? []).map((modes) => inWords("accessModeSufficient", modes)),
  ];
}

const inWords = (word: Word | "conformsTo", value: string): FormFeature => ({
  type: "09",
  value: "00",
  description: `${word}: ${value}`,
});

const NAMES = {
  feature: new Map(Object.entries(FEATURE_CODES).map(([name, code]) => [code, name])),
  hazard: new Map(Object.entries(HAZARD_CODES).map(([name, code]) => [code, name])),
};

/** Undefined where nothing is said. A code that we have no word for is kept as it is (« onix:196:25 »). */
export function accessibilityOf(features: readonly FormFeature[]): Accessibility | undefined {
  const found: Accessibility = {};
  const add = (list: "accessModes" | "sufficientModes" | "features" | "hazards", value: string) => {
    found[list] = [...(found[list] ?? []), value];
  };
  for (const { type, value, description } of features) {
    const hazard = type === "12" ? NAMES.hazard.get(value) : undefined;
    if (hazard) add("hazards", hazard);
    if (type !== "09") continue;
    const words = value === "00" ? WORDS.exec(description ?? "") : null;
    if (words?.[1] === "conformsTo") found.conformsTo = words[2] ?? "";
    else if (words) add(IN_WORDS[words[1] as Word], words[2] ?? "");
    else if (value === "00") found.summary ??= description ?? "";
    else if (Object.hasOwn(CONFORMANCE, value)) found.conformsTo ??= description ?? CONFORMANCE[value] ?? "";
    else if (value === certifiedByCode) found.certifiedBy ??= description ?? "";
    else if (value) add("features", NAMES.feature.get(value) ?? `onix:196:${value}`);
  }
  if (found.summary === "") delete found.summary;
  return Object.keys(found).length > 0 ? found : undefined;
}
const WORDS =
  /^(accessMode|accessModeSufficient|accessibilityFeature|accessibilityHazard|conformsTo): ([\s\S]+)$/;
