import type { ServerBuild } from "@remix-run/node";
import { cookies } from "#app/http/cookies.server.ts";
import routeTable from "#app/routes.ts";
import { hashToken, makeToken } from "#domain/people/secret.ts";
import type { Stage } from "#tests/stories/stage.ts";

// The whole app as whoever is signed in asks it, without a browser and without its pages drawn.

/** The cookie of a session of theirs. */
export async function signedIn({ db, house, clock }: Stage, personId: string): Promise<string> {
  const token = makeToken();
  const now = clock.now();
  await db
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + 86_400_000),
    })
    .execute();
  return (await cookies(house.settings).session.serialize(token)).split(";")[0]!;
}

/** The app as the build makes it, but a page is not drawn: its answer is what its loaders and action gave. */
export async function buildOf(bugs: unknown[]): Promise<ServerBuild> {
  const load = (file: string): Promise<ServerBuild["routes"][string]["module"]> =>
    import(/* @vite-ignore */ new URL(`../../app/${file}`, import.meta.url).pathname);
  const routes: ServerBuild["routes"] = { root: { id: "root", path: "", module: await load("root.tsx") } };
  for (const { id, path, index, file } of routeTable) {
    const place = { ...(path !== undefined && { path }), ...(index && { index }) };
    routes[id!] = { id: id!, parentId: "root", ...place, module: await load(file) };
  }
  return {
    mode: "test",
    entry: {
      module: {
        default: (_, status, headers, { staticHandlerContext: { loaderData, actionData } }) =>
          new Response(JSON.stringify({ loaderData, actionData }), { status, headers }),
        handleError: (error) => {
          if (error instanceof Response) return;
          const status = (error as { status?: unknown } | null)?.status;
          if (typeof status !== "number" || status >= 500) bugs.push(error);
        },
      },
    },
    routes,
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "test" },
    publicPath: "/",
    assetsBuildDirectory: "build",
    isSpaMode: false,
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: true,
      v3_routeConfig: true,
      unstable_optimizeDeps: false,
    } as ServerBuild["future"],
  };
}
