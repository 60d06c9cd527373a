import type { AppLoadContext } from "@remix-run/node";
import { z } from "zod";
import type { KeyHolder } from "#domain/integrations/recognise-key.server.ts";
import type { Scope } from "#domain/integrations/scopes.ts";
import type { Locale } from "#i18n/locale.ts";
import type { ProblemCode } from "./problem.ts";

type Context = Pick<AppLoadContext, "db" | "house">;

/** What an operation is given: who asks, what the address names, and its query and body as its shapes read them. */
export type Call<Query, Body> = Context & {
  key: KeyHolder;
  /** Of `{id}` in the path. */
  id: string;
  query: Query;
  body: Body;
  locale: Locale;
  /** The `If-Match` that came, null without. */
  ifMatch: string | null;
};

export type Operation<Query = unknown, Body = unknown> = {
  /** Its name in OpenAPI, and of its words (`i18n/…/api.ts`). */
  name: string;
  method: "GET" | "PATCH";
  /** After `/api/v1`. */
  path: string;
  /** null: for everybody. */
  scope: Scope | null;
  query: z.ZodType<Query>;
  body: z.ZodType<Body> | null;
  answer: z.ZodType;
  run(call: Call<Query, Body>): Promise<unknown>;
};

const noQuery = z.strictObject({});

/** One operation, with the shapes of its query and body known to what runs it. */
export function operation<Name extends string, Query = Record<string, never>, Body = null>(
  given: Omit<Operation<Query, Body>, "name" | "method" | "query" | "body"> & {
    name: Name;
    method?: "GET" | "PATCH";
    query?: z.ZodType<Query>;
    body?: z.ZodType<Body>;
  },
): Omit<Operation, "name"> & { name: Name } {
  return {
    method: "GET",
    ...given,
    query: given.query ?? noQuery,
    body: given.body ?? null,
  } as unknown as Omit<Operation, "name"> & { name: Name };
}

/** The « no » of a call; `answer.server.ts` turns it into a problem in words. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly field: string | undefined;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, more: { field?: string; detail?: string } = {}) {
    super(code);
    this.name = "ApiProblem";
    this.code = code;
    this.field = more.field;
    this.detail = more.detail;
  }
}

export const limit = z.coerce.number().int().min(1).max(200).default(50);

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => uuid.test(text);

/** Where a list goes on, as an address carries it. */
export const cursorOf = (at: string, id: string): string => Buffer.from(`${at} ${id}`).toString("base64url");

const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const read = (text: string): { at: string; id: string } | null => {
  const [moment = "", id = "", more] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  return more === undefined && at.test(moment) && !Number.isNaN(Date.parse(moment))
    ? { at: moment, id }
    : null;
};
const cursorTo = (fits: (id: string) => boolean) =>
  z
    .string()
    .max(200)
    .optional()
    .transform((text, context) => {
      if (text === undefined) return null;
      const found = read(text);
      if (!found || !fits(found.id)) {
        context.addIssue({ code: "custom", message: "cursor" });
        return z.NEVER;
      }
      return found;
    });
/** After a moment and an id. */
export const cursor = cursorTo(isId);
/** After a moment and a number. */
export const numberedCursor = cursorTo((id) => /^\d{1,15}$/.test(id));

/** A moment or a day, in UTC. */
export const since = z
  .union([z.iso.datetime(), z.iso.date()])
  .optional()
  .transform((text) => (text === undefined ? null : new Date(text)));
