/** The fields of a rule as a person writes it, by their names in the form. */
export const draftFields = [
  "fee",
  "fund1",
  "percent1",
  "fund2",
  "percent2",
  "fund3",
  "percent3",
  "recoup",
  "from",
  "purpose",
] as const;
export type Draft = Record<(typeof draftFields)[number], string>;

type Fields = { get(name: string): unknown };

/** What was written, nothing for what was not; null where no field of a rule came at all. */
export function readDraft(fields: Fields): Draft | null {
  if (fields.get("fee") === null) return null;
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  return Object.fromEntries(
    draftFields.map((name) => [name, text(name).slice(0, name === "purpose" ? 2000 : 40)]),
  ) as Draft;
}

/** « 12,5 » → 1250 basis points. What is no percentage is left for the rule itself to refuse. */
function basisPoints(written: string): number {
  const found = /^(-?)(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(written.replace(/[\s\u00a0\u202f%]/g, ""));
  if (!found) return Number.NaN;
  const whole = Number(found[2]) * 100 + Number((found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -whole : whole;
}

/** The steps that a draft says, not yet checked: the rule's own reader says what is wrong with them. */
export function stepsOf(draft: Draft): unknown[] {
  const kept = ([1, 2, 3] as const).flatMap((n) => {
    const to = draft[`fund${n}`];
    const percent = draft[`percent${n}`];
    if (to === "" && percent === "") return [];
    return [{ kind: "percent", bp: basisPoints(percent), to }];
  });
  return [
    { kind: "fee", borne_by: draft.fee },
    ...kept,
    ...(draft.recoup === "" ? [] : [{ kind: "recoup", bp: basisPoints(draft.recoup) }]),
    { kind: "shares" },
  ];
}

type Step = { kind: string; bp?: number; to?: string; borne_by?: string };
const asTyped = (bp: number) => String(bp / 100);

/** A rule as a draft to begin from; empty where there is none yet. */
export function draftOf(steps: readonly Step[] | null, from: string): Draft {
  const kept = steps?.filter(({ kind }) => kind === "percent") ?? [];
  const recoup = steps?.find(({ kind }) => kind === "recoup")?.bp;
  const typed = (bp: number | undefined) => (bp === undefined ? "" : asTyped(bp));
  return {
    fee: steps?.find(({ kind }) => kind === "fee")?.borne_by ?? "all",
    fund1: kept[0]?.to ?? "",
    percent1: typed(kept[0]?.bp),
    fund2: kept[1]?.to ?? "",
    percent2: typed(kept[1]?.bp),
    fund3: kept[2]?.to ?? "",
    percent3: typed(kept[2]?.bp),
    recoup: typed(recoup),
    from,
    purpose: "",
  };
}
