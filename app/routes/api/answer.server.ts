import type { AppLoadContext } from "@remix-run/node";
import type { z } from "zod";
import { paceCall } from "#app/http/call-pace.server.ts";
import { type KeyHolder, recogniseKey } from "#domain/integrations/recognise-key.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { apiWords } from "#i18n/api.ts";
import type { RefusalCode } from "#i18n/fr/refusals.ts";
import type { Locale } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { etagOf } from "./etag.server.ts";
import { ApiProblem, type Operation } from "./operation.ts";
import { operations } from "./operations.server.ts";
import { type ProblemCode, problemStatus } from "./problem.ts";

type Asked = { request: Request; context: AppLoadContext; path: string };

/** Programs say a language where they show our words to somebody; the others read French. */
export const wantedLocale = (request: Request): Locale =>
  /^\s*en\b/i.test(request.headers.get("accept-language") ?? "") ? "en" : "fr";

/** Answers a call of the API, or says in words why not (RFC 9457). `path`: what follows `/api/v1`. */
export async function answerCall({ request, context, path }: Asked): Promise<Response> {
  const locale = wantedLocale(request);
  try {
    return await answer({ request, context, path }, locale);
  } catch (error) {
    const said = error instanceof Refusal ? ofRefusal(error, locale) : error;
    if (said instanceof ApiProblem) return problem(said, { context, locale });
    throw error;
  }
}

async function answer({ request, context, path }: Asked, locale: Locale): Promise<Response> {
  const key = await keyOf(request, context);
  const who = key
    ? ({ kind: "key", id: key.keyId } as const)
    : context.visitor && ({ kind: "visitor", id: context.visitor } as const);
  const wait = who && paceCall(who, context.house.clock.now());
  if (wait) throw new ApiProblem("too_many_calls", { detail: String(wait) });

  const { operation, id } = operationFor(request, path);
  if (operation.scope !== null) {
    if (!key) throw new ApiProblem("no_key");
    if (!key.scopes.includes(operation.scope))
      throw new ApiProblem("scope_missing", { detail: operation.scope });
  }
  const query = read(operation.query, Object.fromEntries(new URL(request.url).searchParams), "bad_request");
  const body = operation.body && read(operation.body, await jsonOf(request), "invalid");
  const value = await operation.run({
    ...{ db: context.db, house: context.house, id, query, body, locale },
    // An operation for everybody asks nothing of a key.
    key: key as KeyHolder,
    ifMatch: request.headers.get("if-match"),
  });
  return send(request, value, operation.scope === null);
}

/** Who calls; null without a key. A key that opens nothing (any more) is refused everywhere, so that nobody takes it for a good one. */
async function keyOf(request: Request, { db, house }: AppLoadContext): Promise<KeyHolder | null> {
  const header = request.headers.get("authorization");
  if (header === null) return null;
  const [, secret] = /^bearer\s+(\S{1,200})\s*$/i.exec(header) ?? [];
  const key = secret ? await recogniseKey(db, house, secret) : null;
  if (!key) throw new ApiProblem("unknown_key");
  return key;
}

function operationFor(request: Request, path: string): { operation: Omit<Operation, "name">; id: string } {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const at = operations.flatMap((operation) => {
    const found = new RegExp(`^${operation.path.replace("{id}", "([^/]+)")}$`).exec(path);
    return found ? { operation, id: found[1] ?? "" } : [];
  });
  if (at.length === 0) throw new ApiProblem("not_found");
  const found = at.find(({ operation }) => operation.method === method);
  if (!found) throw new ApiProblem("method_not_allowed");
  return found;
}

function read<T>(schema: z.ZodType<T>, given: unknown, code: ProblemCode): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  throw new ApiProblem(code, { field: unknown ?? issue?.path.join(".") ?? "" });
}

const mostBytes = 256 * 1024;

/** The JSON of a body, without NULs, which no column can hold. */
async function jsonOf(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(merge-patch\+)?json\b/i.test(type)) throw new ApiProblem("not_json");
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw new ApiProblem("too_large");
  const text = await request.text();
  if (text.length > mostBytes) throw new ApiProblem("too_large");
  try {
    return JSON.parse(text, (_name, value) =>
      typeof value === "string" ? value.replaceAll("\0", "") : value,
    );
  } catch {
    throw new ApiProblem("not_json");
  }
}

/** Public answers may be kept by caches and read by pages of other sites; those of a key are for who holds it. */
function send(request: Request, value: unknown, isPublic: boolean): Response {
  const body = JSON.stringify(value);
  const etag = etagOf(body);
  const headers = new Headers({
    "content-type": "application/json",
    "cache-control": isPublic ? "public, max-age=60" : "private, no-cache",
    vary: "authorization",
    etag,
    ...(isPublic && { "access-control-allow-origin": "*" }),
  });
  const known = (request.headers.get("if-none-match") ?? "").split(/,\s*/);
  if (request.method !== "PATCH" && known.some((each) => each.replace(/^W\//, "") === etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}

/** What a verb refuses, as a status; its words are those that a person would read. */
const ofRefusal = ({ code, details }: Refusal, locale: Locale): ApiProblem => {
  const conflicts: RefusalCode[] = ["record_changed", "work_merged", "work_submitted"];
  const field = typeof details.field === "string" ? { field: details.field } : {};
  if (code === "not_found") return new ApiProblem("not_found");
  return new ApiProblem(conflicts.includes(code) ? "conflict" : "invalid", {
    ...field,
    detail: refusalWords(locale, code, details),
  });
};

function problem(
  { code, field, detail }: ApiProblem,
  { context, locale }: { context: AppLoadContext; locale: Locale },
): Response {
  const words = apiWords(locale).problems[code];
  const status = problemStatus[code];
  const page = addressesAt(context.house.settings.publicUrl)("api", locale);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "content-language": locale,
    "cache-control": "no-store",
    ...(status === 401 && { "www-authenticate": 'Bearer realm="ventes.coop"' }),
    ...(code === "too_many_calls" && { "retry-after": detail ?? "60" }),
  });
  const fromVerb = code === "conflict" || code === "invalid" ? detail : undefined;
  return Response.json(
    {
      type: `${page}#${code}`,
      title: words.title,
      status,
      detail: fromVerb ?? words.detail(field ?? detail ?? ""),
      code,
      ...(field && { field }),
    },
    { status, headers },
  );
}
