import { data } from "@remix-run/node";
import type { z } from "zod";
import { Refusal } from "#domain/refusal.ts";
import { frame } from "#i18n/fr/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { refusalWords } from "#i18n/refusals.ts";

/** What a form gets back: the words of each wrong field by its name, and what was typed, so that nothing is lost. */
export type FormAnswer = {
  refusal?: string;
  errors?: Record<string, FormError>;
  values?: Record<string, string>;
};
export type FormError = keyof typeof frame.forms;

const isWord = (message: string): message is FormError => message in frame.forms;

/** A form as it was sent, without NULs, which no field of ours and no column can hold. Files are not received here. */
export async function receive(request: Request): Promise<FormData> {
  const form = new FormData();
  // What is no form at all is an empty one: its fields are missing, and the answer says which.
  const sent = await request.formData().catch(() => new FormData());
  for (const [name, value] of sent)
    if (typeof value === "string") form.append(name, value.replaceAll("\0", ""));
  return form;
}

/**
 * Parses a submitted form at the door. A field that repeats (`name[]`) is a list. The message of a zod check may be a key of
 * `frame.forms`; without one, what is missing is `required` and the rest `invalid`.
 */
export async function readForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<{ ok: true; value: z.output<S> } | { ok: false; answer: FormAnswer }> {
  const form = await receive(request);
  const given: Record<string, unknown> = {};
  const values: Record<string, string> = {};
  for (const key of new Set(form.keys())) {
    const all = form.getAll(key).filter((each): each is string => typeof each === "string");
    given[key.replace(/\[\]$/, "")] = key.endsWith("[]") ? all : (all[0] ?? "");
    values[key] = all[0] ?? "";
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, FormError> = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path.join(".");
    errors[field] ??= isWord(issue.message)
      ? issue.message
      : isMissing(issue, given)
        ? "required"
        : "invalid";
  }
  return { ok: false, answer: { errors, values } };
}

function isMissing(issue: { path: PropertyKey[] }, given: Record<string, unknown>): boolean {
  const value = given[String(issue.path[0])];
  return value === undefined || value === "";
}

/** Answers a form that was not accepted: 422, with the words and what was typed. */
export const sendBack = (answer: FormAnswer, status = 422) => data(answer, { status });

/** Runs a verb; a refusal becomes the form's answer in the reader's language, anything else goes on as the bug that it is. */
export async function orRefuse<T>(
  locale: Locale,
  verb: () => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; answer: FormAnswer; refusal: Refusal }> {
  try {
    return { ok: true, value: await verb() };
  } catch (error) {
    if (error instanceof Refusal) {
      return {
        ok: false,
        refusal: error,
        answer: { refusal: refusalWords(locale, error.code, error.details) },
      };
    }
    throw error;
  }
}
