import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { hearingPolicies, startSeconds } from "#domain/delivery/streams.ts";
import { benchWords } from "#i18n/bench.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioHearingWords, studioRecordWords } from "#i18n/studio.ts";
import type { WishTyped } from "./works.server.ts";

/** What the ticked works are to say; an empty field changes nothing. */
export function WishFields({
  locale,
  typed,
  languages,
}: {
  locale: Locale;
  typed: WishTyped | undefined;
  languages: { code: string; name: string }[];
}) {
  const words = benchWords(locale).many;
  const record = studioRecordWords(locale);
  const { policies } = studioHearingWords(locale);
  return (
    <fieldset className="card stack bench-wish">
      <legend>
        <h2>{words.wish}</h2>
      </legend>
      <p className="small soft">{words.wishLead}</p>
      <div className="fields">
        <Select name="priceKind" label={words.fields.price} value={typed?.priceKind} keep={words.keep}>
          {(["fixed", "open", "free"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {record.priceKinds[kind]}
            </option>
          ))}
        </Select>
        <Text name="price" label={words.amount} hint={words.amountHint} value={typed?.price} />
        <Text name="suggested" label={words.suggestedLabel} value={typed?.suggested} />
      </div>
      <div className="fields">
        <Select name="language" label={words.fields.language} value={typed?.language} keep={words.keep}>
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="hearing" label={words.fields.hearing} value={typed?.hearing} keep={words.keep}>
          {hearingPolicies.map((policy) => (
            <option key={policy} value={policy}>
              {policy === "start" ? policies.start(startSeconds) : policies[policy]}
            </option>
          ))}
        </Select>
      </div>
      <div className="fields">
        <Text
          name="subjects"
          label={words.fields.subjects}
          hint={words.subjectsHint}
          value={typed?.subjects}
        />
        <div className="field">
          <label htmlFor="subjectsHow" className="label">
            {words.subjectsHow}
          </label>
          <select id="subjectsHow" name="subjectsHow" defaultValue={typed?.subjectsHow ?? "add"}>
            <option value="add">{words.subjectsAdd}</option>
            <option value="replace">{words.subjectsReplace}</option>
          </select>
        </div>
      </div>
      <div className="fields">
        <Text name="publisher" label={words.fields.publisher} value={typed?.publisher} />
        <Text name="rights" label={words.fields.rights} value={typed?.rights} />
      </div>
    </fieldset>
  );
}

function Text({
  name,
  label,
  hint,
  value,
}: {
  name: string;
  label: string;
  hint?: string;
  value: string | undefined;
}) {
  return (
    <div className="field">
      <label htmlFor={name} className="label">
        {label}
      </label>
      {hint && (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={name}
        name={name}
        autoComplete="off"
        defaultValue={value ?? ""}
        aria-describedby={hint ? `${name}-hint` : undefined}
      />
    </div>
  );
}

function Select({
  name,
  label,
  value,
  keep,
  children,
}: {
  name: string;
  label: string;
  value: string | undefined;
  keep: string;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={name} className="label">
        {label}
      </label>
      <select id={name} name={name} defaultValue={value ?? ""}>
        <option value="">{keep}</option>
        {children}
      </select>
    </div>
  );
}

/** The same by a table: taken out, changed in a spreadsheet, brought back and seen before it is written. */
export function SheetForm({ locale, most }: { locale: Locale; most: number }) {
  const words = benchWords(locale).many;
  const busy = useNavigation().state !== "idle";
  return (
    <section className="card stack bench-sheet" aria-labelledby="sheet-title">
      <h2 id="sheet-title">{words.sheetTitle}</h2>
      <p className="soft">{words.sheetLead}</p>
      <p>
        <a className="button quiet small" href={pathTo("studioWorksCsv", locale)} download>
          {words.sheetGet}
        </a>
      </p>
      <Form method="post" encType="multipart/form-data" className="stack">
        <input type="hidden" name="intent" value="sheet" />
        <div className="field">
          <label htmlFor="file" className="label">
            {words.sheetFile}
          </label>
          <span className="hint" id="file-hint">
            {words.sheetHint(most)}
          </span>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".csv,text/csv"
            aria-describedby="file-hint"
          />
        </div>
        <p>
          <button type="submit" className="button quiet" disabled={busy}>
            {words.sheetTry}
          </button>
        </p>
      </Form>
    </section>
  );
}
