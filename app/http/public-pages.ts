import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Settings } from "../../gateways/env.ts";
import { type PathName, paths } from "../../i18n/paths.ts";
import { safeHeaders } from "./guards.ts";
import { answerOf, codingFor, type MadePage, type PageMemory } from "./page-memory.ts";
import { wantsRecord } from "./wants-record.ts";

/** Pages that are the same for everybody who is not signed in and has nothing in the cart. */
const names: PathName[] = [
  "home",
  "browse",
  "work",
  "sample",
  "agent",
  "collection",
  "coops",
  "coop",
  "about",
];

const shapes = new RegExp(
  `^(?:${names
    .flatMap((name) => [...paths[name]])
    .map((path) => path.replace(/:\w+/g, "[^/?]+"))
    .join("|")})(?:\\.data)?(?:\\?[^#]{0,500})?$`,
);

/**
 * Answers public pages from memory, before anything else of the web process: they are made once, when first asked for, and again
 * when what they show has changed. Returns whether it has taken the request; if not, the request is as it was. Who brings a cookie
 * of ours (a session, a cart) has pages made for them, who asks for a record by `Accept` is shown the way to it. `Cache-Control` lets
 * a CDN keep a page for a second and ask by `ETag`.
 */
export function publicPages({
  memory,
  make,
  otherwise,
}: {
  memory: PageMemory;
  /** Makes the page at this path and query; null where it is not to be kept. */
  make(url: string): Promise<MadePage | null>;
  otherwise(request: IncomingMessage, response: ServerResponse): void;
}): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const url = request.url ?? "";
    if (
      (request.method !== "GET" && request.method !== "HEAD") ||
      (request.headers.cookie !== undefined && bringsOurCookie(request.headers.cookie)) ||
      wantsRecord(request.headers.accept) ||
      !shapes.test(url)
    )
      return otherwise(request, response);
    const kept = memory.find(url);
    if (kept && !memory.isFresh(kept)) void memory.make(url, () => make(url)).catch(() => {});
    const page = kept ?? memory.make(url, () => make(url));
    void Promise.resolve(page)
      .then((found) => found && answerOf(found, codingFor(request.headers["accept-encoding"])))
      .then(
        (answer) => {
          if (!answer) return otherwise(request, response);
          const known = request.headers["if-none-match"]?.includes(answer.etag) ?? false;
          response.writeHead(known ? 304 : 200, known ? answer.notModified : answer.headers);
          response.end(known || request.method === "HEAD" ? undefined : answer.body);
        },
        // Whatever broke will break again on the ordinary way, which knows how to say so.
        () => otherwise(request, response),
      );
  };
}

const ours = /(?:^|;\s*)(?:__Host-)?(?:session|cart)=/;
const bringsOurCookie = (cookies: string): boolean => ours.test(cookies);

/**
 * Makes pages as Remix does for a visitor without a cookie. Scripts in the page are allowed by their own hashes: a nonce that
 * everybody is given would be none.
 */
export function pageMaker({
  build,
  settings,
  context,
}: {
  build: ServerBuild;
  settings: Settings;
  context: Pick<AppLoadContext, "db" | "house">;
}): (url: string) => Promise<MadePage | null> {
  const handle = createRequestHandler(build, "production");
  return async (url) => {
    const response = await handle(new Request(new URL(url, settings.publicUrl)), {
      ...context,
      nonce: undefined,
      requestId: "public",
      visitor: null,
    });
    if (response.status !== 200 || response.headers.has("set-cookie")) {
      await response.body?.cancel();
      return null;
    }
    const body = Buffer.from(await response.arrayBuffer());
    const headers = new Map<string, string>([
      ...Object.entries(safeHeaders(settings, scriptHashes(body.toString("utf8")))),
      ...response.headers,
    ]);
    headers.set("cache-control", "public, max-age=0, s-maxage=1, stale-while-revalidate=10");
    headers.set("vary", "accept, accept-encoding, cookie");
    return { body, headers: [...headers] };
  };
}

/** What `script-src` must say so that just these inline scripts run. */
export function scriptHashes(html: string): string {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`)
    .join(" ");
}
