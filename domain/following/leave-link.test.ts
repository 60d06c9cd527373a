import { expect, it } from "vitest";
import { leaveToken, personOfLeave } from "./leave-link.ts";

const [ana, ben] = ["01a203ea-c911-741d-af5c-8d309960f717", "01a203ea-c51d-7462-8941-550f20c5680e"];

it("ends the letters of the one person whose link it is", () => {
  const token = leaveToken("secret", ana);
  expect(personOfLeave("secret", token)).toBe(ana);
  expect(personOfLeave("other", token)).toBeNull();
  expect(personOfLeave("secret", token.replace(ana, ben))).toBeNull();
  for (const bad of ["", ana, `${token}.x`, `${token}x`]) expect(personOfLeave("secret", bad)).toBeNull();
});
