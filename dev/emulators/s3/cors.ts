import type { IncomingMessage, ServerResponse } from "node:http";
import { answerEmpty } from "./answers.ts";
import { S3Refusal } from "./refusal.ts";
import { childrenOf, parseXml, tag, textOf, xmlDocument } from "./xml.ts";

export type CorsRule = {
  origins: string[];
  methods: string[];
  headers: string[];
  expose: string[];
  maxAgeSeconds: number | null;
};

export function readCors(xml: string): CorsRule[] {
  const rules = childrenOf(parseXml(xml), "CORSRule").map((rule) => {
    const all = (name: string) => childrenOf(rule, name).map((child) => child.text.trim());
    const age = textOf(rule, "MaxAgeSeconds");
    return {
      origins: all("AllowedOrigin"),
      methods: all("AllowedMethod"),
      headers: all("AllowedHeader"),
      expose: all("ExposeHeader"),
      maxAgeSeconds: age === undefined ? null : Number(age),
    };
  });
  if (rules.length === 0 || rules.some((rule) => rule.origins.length === 0 || rule.methods.length === 0)) {
    throw new S3Refusal(400, "MalformedXML", "A rule needs an AllowedOrigin and an AllowedMethod.");
  }
  return rules;
}

export function writeCors(rules: CorsRule[]): string {
  if (rules.length === 0) {
    throw new S3Refusal(404, "NoSuchCORSConfiguration", "The bucket has no CORS configuration.");
  }
  const each = (name: string, values: string[]) => values.map((value) => tag(name, value));
  return xmlDocument(
    "CORSConfiguration",
    rules.map((rule) =>
      tag("CORSRule", [
        ...each("AllowedOrigin", rule.origins),
        ...each("AllowedMethod", rule.methods),
        ...each("AllowedHeader", rule.headers),
        ...each("ExposeHeader", rule.expose),
        tag("MaxAgeSeconds", rule.maxAgeSeconds),
      ]),
    ),
  );
}

/** Lets the browser's page see the answer, refusals too: else a page could not say why an upload failed. */
export function allowOrigin(rules: CorsRule[], request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  const rule = origin && ruleFor(rules, origin, request.method ?? "", []);
  if (!origin || !rule) return;
  response.setHeader("access-control-allow-origin", rule.origins.includes("*") ? "*" : origin);
  response.setHeader("vary", "Origin");
  if (rule.expose.length > 0) response.setHeader("access-control-expose-headers", rule.expose.join(", "));
}

/** The question a browser asks before it sends: answered without a signature, by the bucket's rules alone. */
export function answerPreflight(rules: CorsRule[], request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  const method = request.headers["access-control-request-method"];
  const wanted = String(request.headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = origin && method && ruleFor(rules, origin, method, wanted);
  if (!rule) throw new S3Refusal(403, "AccessForbidden", "No CORS rule of the bucket allows this.");
  response.setHeader("access-control-allow-origin", rule.origins.includes("*") ? "*" : origin);
  response.setHeader("access-control-allow-methods", rule.methods.join(", "));
  if (wanted.length > 0) response.setHeader("access-control-allow-headers", wanted.join(", "));
  if (rule.maxAgeSeconds !== null) response.setHeader("access-control-max-age", rule.maxAgeSeconds);
  response.setHeader("vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  answerEmpty(response);
}

function ruleFor(rules: CorsRule[], origin: string, method: string, headers: string[]): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.origins.some((pattern) => matches(pattern, origin)) &&
      rule.methods.includes(method) &&
      headers.every((name) => rule.headers.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

/** One `*` may stand for anything, as in `https://*.ventes.coop`. */
function matches(pattern: string, text: string): boolean {
  const [before = "", after] = pattern.split("*", 2);
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
