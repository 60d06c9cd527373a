import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from "react";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioRecordWords } from "#i18n/studio.ts";

export type Origin = { origin: "file" | "artist" | "curator"; source: string };

/** Where a value came from; nothing where nobody gave one. */
export function OriginMark({ locale, origin }: { locale: Locale; origin: Origin | undefined }) {
  if (!origin) return null;
  const words = studioRecordWords(locale);
  return (
    <span
      className={`origin origin-${origin.origin}`}
      title={origin.origin === "file" ? words.fromSource(origin.source) : undefined}
    >
      {words.origins[origin.origin]}
    </span>
  );
}

type Shared = {
  locale: Locale;
  name: string;
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  origin?: Origin | undefined;
  optional?: boolean;
};

function Around({
  locale,
  name,
  label,
  hint,
  problem,
  origin,
  optional,
  children,
}: Shared & { children: ReactNode }) {
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={name} className="label">
          {label}
          {optional && <span className="soft small"> ({frameWords(locale).forms.optional})</span>}
        </label>
        <OriginMark locale={locale} origin={origin} />
      </div>
      {hint && (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {problem && (
        <span className="problem" id={`${name}-problem`}>
          {problem}
        </span>
      )}
    </div>
  );
}

const described = ({ name, hint, problem }: Shared) => ({
  id: name,
  name,
  "aria-invalid": problem ? (true as const) : undefined,
  "aria-describedby":
    [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(" ") || undefined,
});

/** A field of the record: its label, who said what is in it, and what is wrong with it. */
export function RecordInput({
  locale,
  name,
  label,
  hint,
  problem,
  origin,
  optional,
  ...input
}: Shared & Omit<InputHTMLAttributes<HTMLInputElement>, "name">) {
  const shared = { locale, name, label, hint, problem, origin, optional: optional ?? false };
  return (
    <Around {...shared}>
      <input autoComplete="off" {...input} {...described(shared)} />
    </Around>
  );
}

export function RecordText({
  locale,
  name,
  label,
  hint,
  problem,
  origin,
  optional,
  ...input
}: Shared & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">) {
  const shared = { locale, name, label, hint, problem, origin, optional: optional ?? false };
  return (
    <Around {...shared}>
      <textarea {...input} {...described(shared)} />
    </Around>
  );
}

export function RecordSelect({
  locale,
  name,
  label,
  hint,
  problem,
  origin,
  optional,
  defaultValue,
  children,
}: Shared & { defaultValue: string; children: ReactNode }) {
  const shared = { locale, name, label, hint, problem, origin, optional: optional ?? false };
  return (
    <Around {...shared}>
      <select defaultValue={defaultValue} {...described(shared)}>
        {children}
      </select>
    </Around>
  );
}
