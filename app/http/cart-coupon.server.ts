import { plainCode } from "#domain/offers/code.ts";
import type { Settings } from "#gateways/env.ts";
import { cookies } from "./cookies.server.ts";

/** The code that was typed in the cart; null: none. Whether it is good for anything is asked each time. */
export async function readCoupon(request: Request, settings: Settings): Promise<string | null> {
  const header = request.headers.get("cookie");
  if (!header) return null;
  const held: unknown = await cookies(settings).coupon.parse(header);
  return typeof held === "string" && held !== "" ? held : null;
}

/** The `Set-Cookie` that keeps it, or forgets it. */
export const keepCoupon = (typed: string | null, settings: Settings): Promise<string> =>
  typed === null
    ? cookies(settings).coupon.serialize("", { maxAge: 0 })
    : cookies(settings).coupon.serialize(plainCode(typed));
