import type { ActionFunctionArgs } from "@remix-run/node";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { browserToken, cookies } from "#app/http/cookies.server.ts";
import { type Door, enter, sessionToken } from "#app/http/door.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { askNewPasskey, askPasskeySignIn } from "#domain/people/ask-passkey.server.ts";
import { keepPasskey } from "#domain/people/keep-passkey.server.ts";
import { isFresh } from "#domain/people/session-life.ts";
import { signInWithPasskey } from "#domain/people/sign-in-with-passkey.server.ts";
import { Refusal } from "#domain/refusal.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { ownPath } from "./destination.ts";

/** What a browser says of a key, as the standard writes it; whether it holds is for the verbs to find. */
const signed = z.looseObject({
  id: z.string().min(1).max(1400),
  rawId: z.string().max(1400),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string().max(4000) }),
});
const spoken = { locale: z.enum(["fr", "en"]).default("fr") };
const form = z.discriminatedUnion("call", [
  z.object({ call: z.literal("askSignIn"), ...spoken }),
  z.object({
    call: z.literal("signIn"),
    response: signed,
    destination: z.string().max(500).nullable(),
    ...spoken,
  }),
  z.object({ call: z.literal("askNew"), ...spoken }),
  z.object({
    call: z.literal("keep"),
    response: signed,
    name: z.string().trim().min(1).max(80),
    ...spoken,
  }),
]);
type Asked = z.output<typeof form>;
const mostBytes = 40_000;

/**
 * Where the browser brings what a passkey signed: JSON in, JSON out. 400 for what is not of the shape, 401 without a session where one
 * is needed, 403 with the way to show anew who one is, 422 for a refusal, 429 above 60 in ten minutes.
 */
export async function action(args: ActionFunctionArgs) {
  const text = await args.request.text();
  const asked = form.safeParse(text.length > mostBytes ? null : parsed(text));
  if (!asked.success) return new Response(null, { status: 400 });
  const { locale } = asked.data;
  try {
    pace(args.context, "passkey");
    return await answer(args, await enter(args), asked.data);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const status = error.code === "too_many_requests" ? 429 : 422;
    return Response.json({ refusal: refusalWords(locale, error.code, error.details) }, { status });
  }
}

/** Nothing to see here; the pages speak for it. */
export const loader = () => new Response(null, { status: 404 });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function answer(args: ActionFunctionArgs, door: Door, asked: Asked): Promise<Response> {
  const { db, house, viewer } = door;
  const jar = cookies(house.settings);
  if (asked.call === "askSignIn") {
    const browser = await browserToken(args.request, house.settings);
    const options = await askPasskeySignIn(db, house, { browserToken: browser.token });
    const headers = { "set-cookie": await jar.browser.serialize(browser.token) };
    return Response.json({ options }, { headers });
  }
  if (asked.call === "signIn") {
    const browser = await browserToken(args.request, house.settings);
    const { session, isMember } = await signInWithPasskey(db, house, {
      response: asked.response as unknown as AuthenticationResponseJSON,
      browserToken: browser.token,
      userAgent: args.request.headers.get("user-agent"),
      ends: await sessionToken(args.request, house),
    });
    const to =
      ownPath(asked.destination, house.settings.publicUrl) ??
      pathTo(isMember ? "studio" : "library", asked.locale);
    return Response.json({ to }, { headers: { "set-cookie": await jar.session.serialize(session) } });
  }
  if (!viewer) return new Response(null, { status: 401 });
  if (!isFresh(viewer, house.clock.now()))
    return Response.json({ to: confirmPath(asked.locale) }, { status: 403 });
  if (asked.call === "askNew") return Response.json({ options: await askNewPasskey(db, house, viewer) });
  const response = asked.response as unknown as RegistrationResponseJSON;
  await keepPasskey(db, house, viewer, { name: asked.name, response });
  return Response.json({ kept: true });
}

const confirmPath = (locale: Locale) =>
  pathTo("accountConfirm", locale, {}, { vers: pathTo("accountPasskeys", locale) });
