import { expect, test } from "vitest";
import { emptyCart, putInCart, readCart, takeFromCart } from "./cart.ts";

const id = (n: number) => `0199d5a2-0000-7000-8000-${String(n).padStart(12, "0")}`;

test("a work is in a cart once; putting it again changes quantity and price", () => {
  const cart = putInCart(putInCart(emptyCart, { workId: id(1), price: 500 }), {
    workId: id(1),
    quantity: 3,
    price: 600,
  });
  expect(cart.lines).toEqual([{ workId: id(1), quantity: 3, price: 600 }]);
  expect(takeFromCart(cart, id(1))).toEqual(emptyCart);
});

test("what a cookie held is believed only where it is a cart", () => {
  expect(readCart({ lines: [{ workId: id(1), quantity: 1, price: 500 }] }).lines).toHaveLength(1);
  expect(readCart({ lines: [{ workId: id(1), quantity: -1, price: 500 }] })).toEqual(emptyCart);
  expect(readCart("?")).toEqual(emptyCart);
  const twice = { workId: id(1), quantity: 1, price: 500 };
  expect(readCart({ lines: [twice, twice] }).lines).toHaveLength(1);
});

test("a hundred works and no more", () => {
  let cart = emptyCart;
  for (let n = 0; n < 100; n += 1) cart = putInCart(cart, { workId: id(n), price: 100 });
  expect(() => putInCart(cart, { workId: id(100), price: 100 })).toThrow("too_many_lines");
});
