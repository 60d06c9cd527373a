import { type AppLoadContext, redirect } from "@remix-run/node";
import type { House } from "#domain/house.ts";
import { coopsWhere, type Verb } from "#domain/people/permissions.ts";
import { findViewer } from "#domain/people/queries.server.ts";
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
  const header = request.headers.get("cookie");
  if (!header) return null;
  const session: unknown = await cookies(house.settings).session.parse(header);
  return typeof session === "string" ? findViewer(db, house, session) : null;
}

/** The same, for who is signed in; others are shown the way in and come back here afterwards. */
export async function enterSignedIn(arrival: Arrival): Promise<Door & { viewer: Viewer }> {
  const door = await enter(arrival);
  if (!door.viewer) {
    const back = door.url.pathname.replace(/\.data$/, "") + door.url.search;
    throw redirect(pathTo("signIn", door.locale, {}, { vers: back }));
  }
  return { ...door, viewer: door.viewer };
}

/** For artist-members. Whoever is none has no studio: it does not exist for them (404). */
export async function enterStudio(arrival: Arrival): Promise<Door & { viewer: Viewer }> {
  const door = await enterSignedIn(arrival);
  if (door.viewer.members.length === 0) throw missing();
  return door;
}

/** For co-op staff whose role opens the verb: `coopIds` are the co-ops where it does. None: it does not exist (404). */
export async function enterStaff(
  arrival: Arrival,
  verb: Verb,
): Promise<Door & { viewer: Viewer; coopIds: string[] }> {
  const door = await enterSignedIn(arrival);
  const coopIds = coopsWhere(door.viewer, verb);
  if (coopIds.length === 0) throw missing();
  return { ...door, coopIds };
}

/** What one may not see does not exist. */
export const missing = (): Response => new Response(null, { status: 404 });
