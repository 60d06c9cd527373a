import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { SelectField, TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { WorkFacts } from "#domain/metadata/score.ts";
import type { WorkField } from "#domain/metadata/score-weights.ts";
import type { Locale } from "#i18n/locale.ts";
import { scoreWords } from "#i18n/score.ts";
import { shopWords } from "#i18n/shop.ts";
import { studioRecordWords } from "#i18n/studio.ts";

/** Names of languages come from the server: browsers do not all know them by the same. */
type Mended = {
  facts: WorkFacts;
  tracks: { id: string; title: string; isrc: string | null }[];
  languages: { code: string; name: string }[];
  locale: Locale;
  answer: FormAnswer | undefined;
  /** A mark of what each field says, so that nothing is written over unseen. */
  seen?: Partial<Record<string, string>>;
};

/** Forms of a single field, whose heading is the label too: it is not said twice to the eye. */
const alone: readonly WorkField[] = ["title", "publisher", "publishedOn", "language", "originalLanguage"];

/** Fields that a form writes whole; subjects and numbers are added to what there is by then. */
const guarded: readonly WorkField[] = [...alone, "description"];

/** One small form for each of these fields, saved by itself; works without JavaScript. */
export function MendForms({ fields, ...mended }: Mended & { fields: readonly WorkField[] }) {
  const words = scoreWords(mended.locale);
  return fields.map((field) => (
    <section
      key={field}
      id={`mend-${field}`}
      className={`stack stack-tight score-mend${alone.includes(field) ? " score-mend-alone" : ""}`}
      aria-labelledby={`${field}-title`}
    >
      <h3 id={`${field}-title`}>{words.fields[field]}</h3>
      <Form method="post" className="stack stack-tight">
        {guarded.includes(field) && mended.seen?.[field] && (
          <input type="hidden" name="seen" value={mended.seen[field]} />
        )}
        {fieldsOf(field, mended)}
        <button
          type="submit"
          className="button quiet small"
          name="mend"
          value={field}
          aria-describedby={`${field}-title`}
        >
          {words.save}
        </button>
      </Form>
    </section>
  ));
}

function fieldsOf(field: WorkField, { facts, tracks, languages, locale, answer }: Mended): ReactNode {
  const record = studioRecordWords(locale);
  const { forms } = scoreWords(locale);
  const shared = { locale, answer };
  switch (field) {
    case "title":
      return <TextField {...shared} name="title" label={record.workTitle} defaultValue={facts.title} />;
    case "publisher":
      return (
        <TextField
          {...shared}
          name="publisher"
          label={record.publisher}
          defaultValue={facts.publisher ?? ""}
        />
      );
    case "publishedOn":
      return (
        <TextField
          {...shared}
          name="publishedOn"
          label={record.publishedOn}
          hint={record.publishedHint}
          defaultValue={facts.publishedOn ?? ""}
        />
      );
    case "language":
    case "originalLanguage":
      return (
        <SelectField
          {...shared}
          name={field}
          label={field === "language" ? record.language : record.originalLanguage}
          hint={field === "originalLanguage" ? forms.originalLanguageHint : undefined}
          defaultValue={facts[field] ?? ""}
        >
          <option value="">{forms.chosen}</option>
          {facts.kind === "album" && <option value="zxx">{record.instrumental}</option>}
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      );
    case "description":
      return (
        <>
          <TextArea
            {...shared}
            name="descriptionFr"
            label={record.descriptionFr}
            lang="fr"
            rows={6}
            defaultValue={facts.description.fr ?? ""}
          />
          <TextArea
            {...shared}
            name="descriptionEn"
            label={record.descriptionEn}
            lang="en"
            rows={4}
            optional
            defaultValue={facts.description.en ?? ""}
          />
        </>
      );
    case "subjects":
      return (
        <>
          {facts.subjects.length > 0 && (
            <p className="small soft">
              {facts.subjects
                .map(({ label, code }) => (code && code !== label ? `${label} (${code})` : label))
                .join(", ")}
            </p>
          )}
          <div className="fields">
            <SelectField {...shared} name="scheme" label={forms.scheme} defaultValue="thema">
              <option value="thema">{forms.schemes.thema}</option>
              <option value="clil">{forms.schemes.clil}</option>
            </SelectField>
            <TextField {...shared} name="code" label={forms.code} hint={forms.codeHint} />
            <TextField {...shared} name="label" label={forms.label} optional />
          </div>
        </>
      );
    case "identifiers":
      return <Numbers facts={facts} {...shared} />;
    case "isrc":
      return (
        <>
          <p className="hint">{forms.isrcHint}</p>
          {answer?.errors?.isrc && (
            <p className="problem" role="alert">
              {scoreWords(locale).why.invalid()}
            </p>
          )}
          {tracks.map(({ id, title, isrc }) => (
            <TextField
              {...shared}
              key={id}
              name={`isrc-${id}`}
              label={forms.isrcOf(title)}
              defaultValue={isrc ?? ""}
              autoComplete="off"
            />
          ))}
        </>
      );
    case "accessibility":
      return <Accessibility facts={facts} {...shared} />;
    default:
      return null;
  }
}

type Part = { facts: WorkFacts; locale: Locale; answer: FormAnswer | undefined };

function Numbers({ facts, ...shared }: Part) {
  const { forms } = scoreWords(shared.locale);
  const scheme = facts.kind === "book" ? "isbn" : "gtin";
  const value = (bearer: string) =>
    facts.identifiers.find((each) => each.scheme === scheme && (each.format ?? "work") === bearer)?.value ??
    "";
  const formats = facts.formats.filter((format) => format !== "music");
  const bearers = facts.kind === "album" || formats.length === 0 ? ["work"] : formats;
  return bearers.map((bearer) => (
    <TextField
      {...shared}
      key={bearer}
      name={`number-${bearer}`}
      label={facts.kind === "album" ? forms.barcode : bearer === "work" ? forms.isbn : forms.isbnOf(bearer)}
      defaultValue={value(bearer)}
      inputMode="numeric"
      autoComplete="off"
    />
  ));
}

const features = [
  "tableOfContents",
  "readingOrder",
  "structuralNavigation",
  "alternativeText",
  "longDescription",
  "displayTransformability",
  "index",
  "printPageNumbers",
];

function Accessibility({ facts, ...shared }: Part) {
  const { forms } = scoreWords(shared.locale);
  const names = shopWords(shared.locale).work.accessibility;
  const said = (key: "features" | "hazards"): string[] => {
    const list = facts.accessibility?.[key];
    return Array.isArray(list) ? list.map(String) : [];
  };
  // What a file says beyond what we ask is kept as it is.
  const others = said("features").filter(
    (each) => !features.includes(each) && each !== "unknown" && each !== "none",
  );
  return (
    <>
      <fieldset className="stack stack-tight">
        <legend className="label">{forms.features}</legend>
        {others.map((each) => (
          <input key={each} type="hidden" name="features" value={each} />
        ))}
        {features.map((each) => (
          <label key={each} className="choice">
            <input
              type="checkbox"
              name="features"
              value={each}
              defaultChecked={said("features").includes(each)}
            />
            {capital(names[each] ?? each)}
          </label>
        ))}
      </fieldset>
      <fieldset className="stack stack-tight">
        <legend className="label">{forms.hazards}</legend>
        {Object.entries(forms.hazardNames).map(([each, name]) => (
          <label key={each} className="choice">
            <input
              type="checkbox"
              name="hazards"
              value={each}
              defaultChecked={said("hazards").includes(each)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <TextArea
        {...shared}
        name="summary"
        label={forms.summary}
        hint={forms.summaryHint}
        rows={3}
        optional
        defaultValue={String(facts.accessibility?.summary ?? "")}
      />
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
