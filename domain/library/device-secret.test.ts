import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  hashDevicePassword,
  makeDevicePassword,
  sealPassword,
  tokenFits,
  unsealPassword,
} from "./device-secret.ts";

const secret = "a secret of the house, long enough for it";

test("a password is typed in four groups, and no two are the same", () => {
  const made = Array.from({ length: 200 }, makeDevicePassword);
  expect(new Set(made).size).toBe(200);
  for (const each of made) expect(each).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

test("capitals, spaces and hyphens make no difference; another sign does", () => {
  const known = hashDevicePassword("7kd2-m0xa-9qtr-e4hs");
  expect(hashDevicePassword(" 7KD2 m0xa9qtr-E4hs").equals(known)).toBe(true);
  expect(hashDevicePassword("7kd2-m0xa-9qtr-e4ht").equals(known)).toBe(false);
});

test("what is sealed opens for its own device by its own secret, and not when it was touched", () => {
  const sealed = sealPassword(secret, "one", "7kd2-m0xa");
  expect(sealed.includes("7kd2")).toBe(false);
  expect(unsealPassword(secret, "one", sealed)).toBe("7kd2-m0xa");
  expect(unsealPassword(secret, "two", sealed)).toBeNull();
  expect(unsealPassword(`${secret}.`, "one", sealed)).toBeNull();
  sealed[30]! ^= 1;
  expect(unsealPassword(secret, "one", sealed)).toBeNull();
  expect(unsealPassword(secret, "one", Buffer.alloc(5))).toBeNull();
});

test("a player's token is the md5 of password and salt", () => {
  const token = createHash("md5").update("7kd2-m0xac19b2d").digest("hex");
  expect(tokenFits("7kd2-m0xa", { token, salt: "c19b2d" })).toBe(true);
  expect(tokenFits("7kd2-m0xa", { token: token.toUpperCase(), salt: "c19b2d" })).toBe(true);
  expect(tokenFits("7kd2-m0xa", { token, salt: "c19b2e" })).toBe(false);
  expect(tokenFits("7kd2-m0xa", { token: "", salt: "c19b2d" })).toBe(false);
});
