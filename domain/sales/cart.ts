import { z } from "zod";
import { type Amount, largestCharge, mostLines } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";

const cartLine = z.object({
  workId: z.uuid(),
  quantity: z.int().min(1).max(999),
  /** The unit price that the buyer saw, or named where the price is open; in minor units. */
  price: z.int().min(0).max(largestCharge),
});

const cart = z.object({ lines: z.array(cartLine).max(mostLines) });
/** What a signed cookie holds: works and the prices shown. No row exists before the checkout opens. */
export type Cart = z.infer<typeof cart>;

export const emptyCart: Cart = { lines: [] };

/** Reads a cart from what a cookie held; what is no cart any more is an empty one. */
export function readCart(held: unknown): Cart {
  const parsed = cart.safeParse(held);
  if (!parsed.success) return emptyCart;
  const seen = new Set<string>();
  return {
    lines: parsed.data.lines.filter((line) => !seen.has(line.workId) && seen.add(line.workId).size > 0),
  };
}

/** Puts a work in the cart, or changes its quantity and price where it is there. Refuses `too_many_lines`. */
export function putInCart(held: Cart, line: { workId: string; quantity?: number; price: Amount }): Cart {
  const put = cartLine.parse({ quantity: 1, ...line });
  const there = held.lines.some((each) => each.workId === put.workId);
  if (!there && held.lines.length >= mostLines) throw new Refusal("too_many_lines");
  return {
    lines: there ? held.lines.map((each) => (each.workId === put.workId ? put : each)) : [...held.lines, put],
  };
}

export function takeFromCart(held: Cart, workId: string): Cart {
  return { lines: held.lines.filter((line) => line.workId !== workId) };
}
