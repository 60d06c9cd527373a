import { createCookie } from "@remix-run/node";
import { makeToken } from "#domain/people/secret.ts";
import type { Settings } from "#gateways/env.ts";

type Jar = {
  session: ReturnType<typeof createCookie>;
  browser: ReturnType<typeof createCookie>;
  cart: ReturnType<typeof createCookie>;
  coupon: ReturnType<typeof createCookie>;
  wishes: ReturnType<typeof createCookie>;
  heard: ReturnType<typeof createCookie>;
};
let jar: { of: Settings; cookies: Jar } | undefined;

/**
 * The cookies of the house, signed. `__Host-` binds them to this very host; browsers accept that prefix only over https, so
 * a demo on plain http goes without. `SameSite=Lax` lets the way back from the payment page keep its cart. `heard` opens nothing: it
 * counts free plays, also in the player that stands on another site, where each site has a jar of its own (`Partitioned`).
 */
export function cookies(settings: Settings): Jar {
  if (jar?.of === settings) return jar.cookies;
  const prefix = settings.secure ? "__Host-" : "";
  const options = {
    path: "/",
    httpOnly: true,
    sameSite: "lax" as const,
    secure: settings.secure,
    secrets: [settings.sessionSecret],
  };
  const day = 86_400;
  jar = {
    of: settings,
    cookies: {
      session: createCookie(`${prefix}session`, { ...options, maxAge: 60 * day }),
      browser: createCookie(`${prefix}browser`, { ...options, maxAge: day }),
      cart: createCookie(`${prefix}cart`, { ...options, maxAge: 30 * day }),
      coupon: createCookie(`${prefix}coupon`, { ...options, maxAge: 30 * day }),
      wishes: createCookie(`${prefix}wishes`, { ...options, maxAge: 180 * day }),
      heard: createCookie(`${prefix}heard`, {
        ...options,
        maxAge: 180 * day,
        ...(settings.secure && { sameSite: "none" as const, partitioned: true }),
      }),
    },
  };
  return jar.cookies;
}

/** The secret of this browser, to which a sign-in link is bound; made on first need (`fresh` says that it must be set). */
export async function browserToken(
  request: Request,
  settings: Settings,
): Promise<{ token: string; fresh: boolean }> {
  const known: unknown = await cookies(settings).browser.parse(request.headers.get("cookie"));
  return typeof known === "string" ? { token: known, fresh: false } : { token: makeToken(), fresh: true };
}
