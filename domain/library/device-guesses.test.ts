import { expect, test } from "vitest";
import { DeviceGuesses } from "./device-guesses.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute));

test("thirty wrong passwords in ten minutes are the end of trying, for that visitor and username alone", () => {
  const guesses = new DeviceGuesses();
  for (let i = 0; i < 30; i += 1) {
    expect(guesses.mayTry("lise 1.2.3.4", at(0))).toBe(true);
    guesses.wrong("lise 1.2.3.4", at(0));
  }
  expect(guesses.mayTry("lise 1.2.3.4", at(9))).toBe(false);
  expect(guesses.mayTry("lise 1.2.3.5", at(9))).toBe(true);
  expect(guesses.mayTry("lise 1.2.3.4", at(10))).toBe(true);
  guesses.wrong("lise 1.2.3.4", at(10));
  expect(guesses.mayTry("lise 1.2.3.4", at(10))).toBe(true);
});
