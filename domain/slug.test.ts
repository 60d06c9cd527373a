import { describe, expect, it } from "vitest";
import { freeSlug, slugOf } from "./slug.ts";

describe("slugs", () => {
  it.each([
    ["L’Été à Gaspé", "l-ete-a-gaspe"],
    ["Œuvres : tome 2 (nouvelle édition)", "oeuvres-tome-2-nouvelle-edition"],
    ["  --  ", ""],
    ["東京", ""],
    ["ÐÞ Łódź", "lodz"],
  ])("%s → %s", (words, slug) => {
    expect(slugOf(words)).toBe(slug);
  });

  it("cuts between words", () => {
    const slug = slugOf("mot ".repeat(60));
    expect(slug.length).toBeLessThanOrEqual(80);
    expect(slug.endsWith("mot")).toBe(true);
    expect(slugOf("x".repeat(200))).toBe("x".repeat(80));
  });

  it("takes the first number that is free", () => {
    expect(freeSlug("mer", ["mer", "mer-2", "mer-4", "meridien"])).toBe("mer-3");
    expect(freeSlug("mer", ["meridien"])).toBe("mer");
  });
});
