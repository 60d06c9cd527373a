import { z } from "zod";
import type { Settings } from "#gateways/env.ts";
import { cookies } from "./cookies.server.ts";

/** A cookie holds 4096 bytes: a hundred ids of 22 letters fit, signed. */
const most = 100;
const ids = z.array(z.uuid()).max(most);

/** The works that a visitor without an account wishes for, newest first. One that is damaged or not ours is none. */
export async function readWishes(request: Request, settings: Settings): Promise<string[]> {
  const header = request.headers.get("cookie");
  if (!header) return [];
  const held: unknown = await cookies(settings).wishes.parse(header);
  const read = Array.isArray(held) ? ids.safeParse(held.map(unpack)) : null;
  return read?.success ? read.data : [];
}

/** The `Set-Cookie` that keeps them, the first hundred; none: forgets them. */
export const keepWishCookie = (workIds: readonly string[], settings: Settings): Promise<string> =>
  workIds.length === 0
    ? cookies(settings).wishes.serialize("", { maxAge: 0 })
    : cookies(settings).wishes.serialize(
        workIds.slice(0, most).map((id) => Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url")),
      );

function unpack(held: unknown): string {
  if (typeof held !== "string") return "";
  const hex = Buffer.from(held, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
