import { createHash } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { basicOf, knowDevice } from "#app/http/device-door.server.ts";
import type { DeviceOwner } from "#domain/library/recognise-device.server.ts";
import type { Shelf, ShelfCursor } from "#domain/library/shelf-queries.server.ts";
import { devicesWords } from "#i18n/devices.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo, type plainPaths } from "#i18n/paths.ts";

export const opds2Type = "application/opds+json";
export const authenticationType = "application/opds-authentication+json";
export const pageSize = 50;

export type Address = (
  name: keyof typeof plainPaths | "devices" | "work",
  params?: Record<string, string>,
  query?: Record<string, string | null>,
) => string;

/** Whole addresses: readers keep feeds, and open their links from elsewhere. */
export const addressIn =
  (publicUrl: string, locale: Locale): Address =>
  (name, params = {}, query = {}) =>
    publicUrl + pathTo(name, locale, params, query);

/**
 * Opens a library to an e-reader by its name and password (Basic), or answers 401 with the document that says how to come in: with
 * no device, a wrong password or one that was ended; 429 after too many guesses.
 */
export async function enterByReader({ request, context }: LoaderFunctionArgs): Promise<DeviceOwner> {
  const proof = basicOf(request);
  const found = proof && (await knowDevice(context, { kind: "reader", proof }));
  if (found === "too_many") throw new Response(null, { status: 429, headers: { "retry-after": "600" } });
  if (found && typeof found === "object") return found;
  const { publicUrl } = context.house.settings;
  const locale = languageOf(request);
  throw new Response(JSON.stringify(authenticationDocument(publicUrl, locale)), {
    status: 401,
    headers: {
      "content-type": authenticationType,
      "www-authenticate": 'Basic realm="ventes.coop", charset="UTF-8"',
      link: `<${publicUrl}${pathTo("libraryAuthentication", locale)}>; rel="http://opds-spec.org/auth/document"; type="${authenticationType}"`,
      "cache-control": "no-store",
    },
  });
}

/** Before anybody is known, the language is what the app asks for. */
export const languageOf = (request: Request): Locale =>
  /^\s*en\b/i.test(request.headers.get("accept-language") ?? "") ? "en" : "fr";

/** Authentication for OPDS 1.0. */
export function authenticationDocument(publicUrl: string, locale: Locale): object {
  const address = addressIn(publicUrl, locale);
  const { feed } = devicesWords(locale);
  return {
    id: address("libraryAuthentication"),
    title: feed.authTitle,
    description: feed.authDescription,
    links: [
      { rel: "help", href: address("devices"), type: "text/html" },
      { rel: "register", href: address("devices"), type: "text/html" },
    ],
    authentication: [
      { type: "http://opds-spec.org/auth/basic", labels: { login: feed.login, password: feed.password } },
    ],
  };
}

export type ShelfAsked = { shelf: Shelf; words: string | null; after: ShelfCursor | null };

/** Which page of which shelf an address asks for; null where there is no such shelf. A cursor that is none of ours is the first page. */
export function shelfAsked({ request, params }: LoaderFunctionArgs): ShelfAsked | null {
  const { shelf } = params;
  if (shelf !== "all" && shelf !== "books" && shelf !== "music") return null;
  const { searchParams } = new URL(request.url);
  const [, at, rightId] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      searchParams.get("after") ?? "",
    ) ?? [];
  const words = [searchParams.get("query"), searchParams.get("author"), searchParams.get("title")]
    .find((each) => each?.trim())
    ?.trim()
    .slice(0, 200);
  return {
    shelf,
    words: words ?? null,
    after: at && rightId && !Number.isNaN(Date.parse(at)) ? { at, rightId } : null,
  };
}

export const cursorText = ({ at, rightId }: ShelfCursor): string => `${at}_${rightId}`;

/** A feed of one person: apps may keep it, and ask whether it is still so. */
export function feedAnswer(request: Request, type: string, body: string): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers = {
    "content-type": type,
    "cache-control": "private, no-cache",
    vary: "authorization",
    etag,
  };
  return request.headers.get("if-none-match")?.includes(etag)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
}
