import { expect, test } from "vitest";
import { coverAddress, coverSet } from "./cover-address.ts";
import { shortId, uuidOf } from "./short-id.ts";

const id = "01a20321-aaee-75cb-be8a-e25d0e11a2ff";
const cover = { id, widths: [240, 480, 800], height: 1200, colour: null };

test("a uuid is said in 22 letters, and found again", () => {
  expect(shortId(id)).toHaveLength(22);
  expect(uuidOf(shortId(id))).toBe(id);
  for (const wrong of ["", "a", `${shortId(id)}x`, "../../../../etc/passwd"])
    expect(uuidOf(wrong)).toBeNull();
});

test("a cover's addresses say the size that it was made for, the set its true width", () => {
  const folder = `/media/${shortId(id)}`;
  expect(coverAddress("fr", cover)).toBe(`${folder}/960.jpg`);
  expect(coverSet("fr", cover, "avif")).toBe(
    `${folder}/240.avif 240w, ${folder}/480.avif 480w, ${folder}/960.avif 800w`,
  );
});
