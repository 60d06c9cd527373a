import { type AppLoadContext, redirect } from "@remix-run/node";
import type { House } from "#domain/house.ts";
import { coopsWhere, takesPasskey, type Verb } from "#domain/people/permissions.ts";
import { findViewer } from "#domain/people/queries.server.ts";
import { isFresh, keepsMoney } from "#domain/people/session-life.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { cookies } from "./cookies.server.ts";

export type Door = {
  db: AppLoadContext["db"];
  house: House;
  locale: Locale;
  viewer: Viewer | null;
  url: URL;
};

type Arrival = { request: Request; context: AppLoadContext };
const seen = new WeakMap<Request, Promise<Viewer | null>>();

/** How every loader and action begins: where we are, in which language, and who is there. The person is looked up once a request. */
export async function enter({ request, context }: Arrival): Promise<Door> {
  const url = new URL(request.url);
  let viewer = seen.get(request);
  if (!viewer) {
    viewer = readViewer(request, context);
    seen.set(request, viewer);
  }
  return { db: context.db, house: context.house, locale: localeOf(url.pathname), viewer: await viewer, url };
}

async function readViewer(request: Request, { db, house }: AppLoadContext): Promise<Viewer | null> {
  const session = await sessionToken(request, house);
  return session === null ? null : findViewer(db, house, session);
}

/** The secret of the session that this browser holds, ended or not; null: none. */
export async function sessionToken(request: Request, { settings }: Pick<House, "settings">) {
  const header = request.headers.get("cookie");
  if (!header) return null;
  const session: unknown = await cookies(settings).session.parse(header);
  return typeof session === "string" && session !== "" ? session : null;
}

/** The same, for who is signed in; others are shown the way in and come back here afterwards. */
export async function enterSignedIn(arrival: Arrival): Promise<Door & { viewer: Viewer }> {
  const door = await enter(arrival);
  if (!door.viewer) throw redirect(pathTo("signIn", door.locale, {}, { vers: addressOf(door) }));
  return { ...door, viewer: door.viewer };
}

const addressOf = ({ url }: Pick<Door, "url">) => url.pathname.replace(/\.data$/, "") + url.search;

type SignedIn = Door & { viewer: Viewer };

/**
 * Before what touches money, ways in or rules: who signed in more than ten minutes ago shows anew who they are, and comes back to
 * the page (`back`: another one than that of the form).
 */
export function insistOnFresh({ viewer, house, locale, ...door }: SignedIn, back?: string): void {
  if (isFresh(viewer, house.clock.now())) return;
  throw redirect(pathTo("accountConfirm", locale, {}, { vers: back ?? addressOf(door) }), 303);
}

/** Whoever keeps a co-op's money acts with a passkey, where the settings ask for it: they are led to making one, or to using it. */
function insistOnPasskey({ viewer, house, locale, ...door }: SignedIn): void {
  if (!house.settings.passkeyRequired || !keepsMoney(viewer) || viewer.session.proof === "passkey") return;
  const page = viewer.passkeys === 0 ? "accountPasskeys" : "accountConfirm";
  throw redirect(pathTo(page, locale, {}, { vers: addressOf(door) }), 303);
}

/** For artist-members. Whoever is none has no studio: it does not exist for them (404). */
export async function enterStudio(arrival: Arrival): Promise<Door & { viewer: Viewer }> {
  const door = await enterSignedIn(arrival);
  if (door.viewer.members.length === 0) throw missing();
  return door;
}

/**
 * For co-op staff whose role opens the verb: `coopIds` are the co-ops where it does. None: it does not exist (404). What moves money
 * asks for a passkey.
 */
export async function enterStaff(
  arrival: Arrival,
  verb: Verb,
): Promise<Door & { viewer: Viewer; coopIds: string[] }> {
  const door = await enterSignedIn(arrival);
  const coopIds = coopsWhere(door.viewer, verb);
  if (coopIds.length === 0) throw missing();
  const { method } = arrival.request;
  if (takesPasskey(verb, method !== "GET" && method !== "HEAD")) insistOnPasskey(door);
  return { ...door, coopIds };
}

/** What one may not see does not exist. */
export const missing = (): Response => new Response(null, { status: 404 });
