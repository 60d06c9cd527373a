import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { cookies } from "#app/http/cookies.server.ts";
import { enter, sessionToken } from "#app/http/door.server.ts";
import { signOut } from "#domain/people/sign-out.server.ts";
import { pathTo } from "#i18n/paths.ts";

/** Signing out is a write: a link or an image on another site cannot do it. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = await enter(args);
  return redirect(pathTo("home", locale));
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const jar = cookies(house.settings);
  const session = await sessionToken(args.request, house);
  if (session !== null) await signOut(db, session);
  return redirect(pathTo("home", locale), {
    status: 303,
    headers: {
      "set-cookie": await jar.session.serialize("", { maxAge: 0 }),
      // What the browser may still keep of pages seen goes as well (ASVS 14.3.1); the cart, a cookie, stays.
      "clear-site-data": '"cache"',
    },
  });
}
