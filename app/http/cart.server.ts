import { z } from "zod";
import type { Settings } from "#gateways/env.ts";
import { cookies } from "./cookies.server.ts";

const cart = z.array(z.object({ work: z.uuid(), price: z.number().int().min(0) })).max(100);

/** What is in the cart: the work and the price that was shown or, where the buyer names it, the price named. No row exists yet. */
export type Cart = z.infer<typeof cart>;

/** Reads the cart's cookie; one that is damaged or not ours is an empty cart. */
export async function readCart(request: Request, settings: Settings): Promise<Cart> {
  const header = request.headers.get("cookie");
  if (!header) return [];
  const parsed = cart.safeParse(await cookies(settings).cart.parse(header));
  return parsed.success ? parsed.data : [];
}

/** The `Set-Cookie` that keeps it. */
export const keepCart = (lines: Cart, settings: Settings): Promise<string> => cookies(settings).cart.serialize(lines);
