// What a call may carry. Stripe refuses any parameter that it does not know, so every schema here is strict.
import { z } from "zod";
import { wrongParameter } from "./refusal.ts";

export type Input = { [name: string]: string | Input | Input[] | string[] };

/** a[b][0]=1 → { a: { b: ["1"] } }. Keys that run 0, 1, 2… make a list, and so does "a[]". */
export function decodeForm(text: string): Input {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const parts = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
    if (!parts) throw wrongParameter("parameter_unknown", name, `Invalid parameter name: ${name}`);
    const path = [parts[1]!, ...[...parts[2]!.matchAll(/\[([^[\]]*)\]/g)].map((m) => m[1]!)];
    let at = root;
    path.forEach((part, depth) => {
      const key = part === "" ? String(Object.keys(at).length) : part;
      if (depth === path.length - 1) at[key] = value;
      else {
        at[key] ??= Object.create(null);
        at = at[key] as Record<string, unknown>;
      }
      if (typeof at !== "object") throw wrongParameter(undefined, name, `Invalid parameter: ${name}`);
    });
  }
  return listed(root) as Input;
}

function listed(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, listed(value)] as const);
  const isList = entries.length > 0 && entries.every(([key], i) => key === String(i));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** A sorted, flat text of a call's parameters: two calls are the same when these are. */
export function canonical(input: unknown, at = ""): string {
  if (typeof input !== "object" || input === null) return `${at}=${String(input)}`;
  return Object.keys(input)
    .sort()
    .map((key) => canonical((input as Record<string, unknown>)[key], at ? `${at}[${key}]` : key))
    .join("&");
}

// Forms carry text only; these read it.
export const text = z.string().min(1, "empty").max(5000);
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "integer")
  .transform(Number);
export const boolean = z.enum(["true", "false"]).transform((word) => word === "true");
export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, "currency")
  .transform((code) => code.toLowerCase());
/** At most 50 keys of 40 characters, values of 500 (docs: "Metadata"). An empty value takes the key away. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((all) => Object.keys(all).length <= 50, "metadata may have at most 50 keys")
  .transform((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")));
export const webAddress = z.string().regex(/^https?:\/\/[^\s]+$/, "url");
export const expand = z.array(text).optional();
export const createdRange = z
  .union([integer, z.strictObject({ gt: integer, gte: integer, lt: integer, lte: integer }).partial()])
  .optional();
/** What every list takes (docs: "Pagination"). */
export const page = {
  limit: integer.optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  expand,
};

/** Reads a call's parameters by its schema; refuses as Stripe does on the first thing that is wrong. */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues[0]!);
  const name = parameterName(issue.path);
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  if (issue.code === "unrecognized_keys") {
    const unknown = parameterName([...issue.path, issue.keys[0]!]);
    throw wrongParameter("parameter_unknown", unknown, `Received unknown parameter: ${unknown}`);
  }
  if (value === undefined)
    throw wrongParameter("parameter_missing", name, `Missing required param: ${name}.`);
  if (value === "")
    throw wrongParameter("parameter_invalid_empty", name, `You passed an empty string for '${name}'.`);
  if (issue.message === "integer")
    throw wrongParameter("parameter_invalid_integer", name, `Invalid integer: ${String(value)}`);
  if (issue.message === "currency")
    throw wrongParameter(
      undefined,
      "currency",
      `Invalid currency: ${String(value)}. Stripe currently supports three-letter ISO codes.`,
    );
  if (issue.message === "url") throw wrongParameter("url_invalid", name, `Not a valid URL: ${String(value)}`);
  if (issue.code === "invalid_value")
    throw wrongParameter(
      undefined,
      name,
      `Invalid ${name}: must be one of ${issue.values.map(String).join(", ")}`,
    );
  throw wrongParameter(undefined, name, `Invalid ${name}: ${issue.message}`);
}

const parameterName = (path: readonly PropertyKey[]) =>
  path.map((part, i) => (i === 0 ? String(part) : `[${String(part)}]`)).join("") || "(request)";

/** Of a choice of schemas, what was wrong in the one that came nearest. */
function deepest(issue: z.core.$ZodIssue, under: PropertyKey[] = []): z.core.$ZodIssue {
  const path = [...under, ...issue.path];
  if (issue.code === "invalid_union") {
    const inner = issue.errors.map((errors) => errors[0]).filter((e) => e !== undefined);
    const best = inner.sort((a, b) => b.path.length - a.path.length)[0];
    if (best) return deepest(best, path);
  }
  return { ...issue, path };
}
