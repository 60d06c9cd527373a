import { expect, it } from "vitest";
import { isCode, plainCode, secretCode } from "./code.ts";

it("knows a code however it was typed", () => {
  expect(plainCode(" été 25 ")).toBe("ETE25");
  expect(plainCode("noël–2026")).toBe("NOEL-2026");
  expect(["AB", "A B", "ÉTÉ", "-AB", "A".repeat(25)].filter(isCode)).toEqual([]);
  expect(["ETE25", "A-1", "A".repeat(24)].filter(isCode)).toHaveLength(3);
});

it("makes codes without signs that are taken for one another", () => {
  let next = 0;
  const code = secretCode((below) => next++ % below);
  expect(code).toBe("2345-6789-ABCD");
  expect(isCode(code)).toBe(true);
});
