import { expect, test } from "vitest";
import { accessToken, opensSale } from "./access-link.ts";

test("a token opens its own sale, under its own secret, and nothing else", () => {
  const token = accessToken("s".repeat(32), "sale-1");
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(opensSale("s".repeat(32), "sale-1", token)).toBe(true);
  expect(opensSale("s".repeat(32), "sale-2", token)).toBe(false);
  expect(opensSale("t".repeat(32), "sale-1", token)).toBe(false);
  expect(opensSale("s".repeat(32), "sale-1", `${token}x`)).toBe(false);
  expect(opensSale("s".repeat(32), "sale-1", "")).toBe(false);
});
