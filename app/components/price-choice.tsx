import { RecordInput } from "#app/components/record-field.tsx";
import type { Locale } from "#i18n/locale.ts";
import { studioRecordWords } from "#i18n/studio.ts";

/** Fixed, pay what you want, or free. The style sheet shows the fields of the choice made, so that no script is needed. */
export function PriceChoice({
  locale,
  draft,
  problems,
}: {
  locale: Locale;
  draft: { priceKind: "" | "fixed" | "open" | "free"; price: string; floor: string; suggested: string };
  problems: Record<string, string>;
}) {
  const words = studioRecordWords(locale);
  const money = { locale, inputMode: "decimal", placeholder: locale === "fr" ? "12,50" : "12.50" } as const;
  return (
    <fieldset className="price-choice stack">
      <legend className="visually-hidden">{words.sections.price}</legend>
      <div className="kinds">
        {(["fixed", "open", "free"] as const).map((kind) => (
          <label className="kind" key={kind}>
            <input type="radio" name="priceKind" value={kind} defaultChecked={draft.priceKind === kind} />
            <span className="kind-name">{words.priceKinds[kind]}</span>
            <span className="small soft">{words.priceKinds[`${kind}Hint`]}</span>
          </label>
        ))}
      </div>
      <div className="fields price-fixed">
        <RecordInput
          {...money}
          name="price"
          label={words.amount}
          problem={problems.price}
          defaultValue={draft.price}
        />
      </div>
      <div className="fields price-open">
        <RecordInput
          {...money}
          name="floor"
          label={words.floor}
          hint={words.floorHint}
          problem={problems.floor}
          defaultValue={draft.floor}
        />
        <RecordInput
          {...money}
          name="suggested"
          label={words.suggested}
          optional
          problem={problems.suggested}
          defaultValue={draft.suggested}
        />
      </div>
    </fieldset>
  );
}
