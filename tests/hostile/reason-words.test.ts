import { expect, it } from "vitest";
import { REASONS } from "#domain/uploads/reasons.ts";
import { uploadReasons as en } from "#i18n/en/upload-reasons.ts";
import { uploadReasons as fr } from "#i18n/fr/upload-reasons.ts";

it("has words in both tongues for every reason, and for no other", () => {
  const codes = Object.keys(REASONS).sort();
  expect(Object.keys(fr).sort()).toEqual(codes);
  expect(Object.keys(en).sort()).toEqual(codes);
});
