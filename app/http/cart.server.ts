import { Refusal } from "#domain/refusal.ts";
import { type Cart, readCart as checkCart } from "#domain/sales/cart.ts";
import type { Settings } from "#gateways/env.ts";
import { cookies } from "./cookies.server.ts";

/** A browser keeps 4096 bytes of one cookie, name and attributes included: about seventy works. */
const mostBytes = 3_900;

/** Reads the cart's cookie: works and the prices that were shown, or named. One that is damaged or not ours is an empty cart. */
export async function readCart(request: Request, settings: Settings): Promise<Cart["lines"]> {
  const header = request.headers.get("cookie");
  if (!header) return [];
  const held: unknown = await cookies(settings).cart.parse(header);
  if (!Array.isArray(held)) return [];
  return checkCart({ lines: held.map(unpack) }).lines;
}

/** The `Set-Cookie` that keeps it. Refuses `too_many_lines` where a browser would drop it. */
export async function keepCart(lines: Cart["lines"], settings: Settings): Promise<string> {
  const cookie = await cookies(settings).cart.serialize(
    lines.map(({ workId, price, quantity }) => [
      Buffer.from(workId.replaceAll("-", ""), "hex").toString("base64url"),
      price,
      ...(quantity === 1 ? [] : [quantity]),
    ]),
  );
  if (cookie.length > mostBytes) throw new Refusal("too_many_lines");
  return cookie;
}

/** A uuid takes 36 letters, or 22. */
function unpack(held: unknown): unknown {
  if (!Array.isArray(held) || typeof held[0] !== "string") return null;
  const hex = Buffer.from(held[0], "base64url").toString("hex");
  const workId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { workId, price: held[1], quantity: held[2] ?? 1 };
}
