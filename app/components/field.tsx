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

/** Parts what the field says (`around`) from what its control carries: name, state, and the value that was typed. */
function parted<P extends Shared & { defaultValue?: ControlValue }>(props: P) {
  const { locale, name, label, hint, answer, optional, defaultValue, ...rest } = props;
  const wrong = answer?.errors?.[name] !== undefined;
  return {
    around: { locale, name, label, hint, answer, optional: optional ?? false },
    control: {
      ...rest,
      id: name,
      name,
      defaultValue: answer?.values?.[name] ?? defaultValue,
      "aria-invalid": wrong ? (true as const) : undefined,
      "aria-describedby":
        [hint && `${name}-hint`, wrong && `${name}-problem`].filter(Boolean).join(" ") || undefined,
    },
  };
}

type ControlValue = InputHTMLAttributes<HTMLInputElement>["defaultValue"];

/** A labelled input that keeps what was typed and says what is wrong beside it. */
export function TextField(props: Shared & Omit<InputHTMLAttributes<HTMLInputElement>, "name">) {
  const { around, control } = parted(props);
  return (
    <Around {...around}>
      <input {...control} />
    </Around>
  );
}

export function TextArea(props: Shared & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">) {
  const { around, control } = parted(props);
  return (
    <Around {...around}>
      <textarea {...control} />
    </Around>
  );
}

export function SelectField(props: Shared & Omit<SelectHTMLAttributes<HTMLSelectElement>, "name">) {
  const { around, control } = parted(props);
  return (
    <Around {...around}>
      <select {...control} />
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
