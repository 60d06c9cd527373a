import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import type { FormAnswer } from "#app/http/form.server.ts";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";

type Shared = {
  locale: Locale;
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  answer?: FormAnswer | undefined;
  optional?: boolean;
};

function Around({ locale, name, label, hint, answer, optional, children }: Shared & { children: ReactNode }) {
  const { forms } = frameWords(locale);
  const error = answer?.errors?.[name];
  return (
    <div className="field">
      <label htmlFor={name}>
        {label}
        {optional && <span className="soft small"> ({forms.optional})</span>}
      </label>
      {hint && (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {error && (
        <span className="problem" id={`${name}-problem`}>
          {String(forms[error])}
        </span>
      )}
    </div>
  );
}

const described = ({ name, hint, answer }: Shared) => ({
  id: name,
  name,
  "aria-invalid": answer?.errors?.[name] ? (true as const) : undefined,
  "aria-describedby":
    [hint && `${name}-hint`, answer?.errors?.[name] && `${name}-problem`].filter(Boolean).join(" ") ||
    undefined,
});

/** A labelled input that keeps what was typed and says what is wrong beside it. */
export function TextField({
  locale,
  name,
  label,
  hint,
  answer,
  optional,
  defaultValue,
  ...input
}: Shared & Omit<InputHTMLAttributes<HTMLInputElement>, "name">) {
  const shared = { locale, name, label, hint, answer, optional: optional ?? false };
  return (
    <Around {...shared}>
      <input {...input} {...described(shared)} defaultValue={answer?.values?.[name] ?? defaultValue} />
    </Around>
  );
}

export function TextArea({
  locale,
  name,
  label,
  hint,
  answer,
  optional,
  defaultValue,
  ...input
}: Shared & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">) {
  const shared = { locale, name, label, hint, answer, optional: optional ?? false };
  return (
    <Around {...shared}>
      <textarea {...input} {...described(shared)} defaultValue={answer?.values?.[name] ?? defaultValue} />
    </Around>
  );
}

export function SelectField({
  locale,
  name,
  label,
  hint,
  answer,
  optional,
  defaultValue,
  children,
  ...input
}: Shared & Omit<SelectHTMLAttributes<HTMLSelectElement>, "name">) {
  const shared = { locale, name, label, hint, answer, optional: optional ?? false };
  return (
    <Around {...shared}>
      <select {...input} {...described(shared)} defaultValue={answer?.values?.[name] ?? defaultValue}>
        {children}
      </select>
    </Around>
  );
}

/** The refusal of a whole form, said once on top and announced. */
export function FormNotice({ locale, answer }: { locale: Locale; answer: FormAnswer | undefined }) {
  const text = answer?.refusal ?? (answer?.errors ? frameWords(locale).forms.summary : undefined);
  return text ? (
    <p className="notice bad" role="alert">
      {text}
    </p>
  ) : null;
}
