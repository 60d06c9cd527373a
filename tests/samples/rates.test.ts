/**
 * The rates that the reader must reach on the corpus beside the project: real books and music whose records were read by
 * other tools, and hostile files. Absent, these tests are skipped and say so.
 */
import { describe, expect, it, vi } from "vitest";
import { present, SAMPLES, type Score, scoreGood, scoreHostile, told } from "./score.ts";

vi.setConfig({ testTimeout: 240_000 });
if (!present) console.warn(`skipped: no samples at ${SAMPLES}`);

/** In hundredths of the files of which the manifest says something. */
const least: Record<string, number> = {
  title: 99,
  creators: 97,
  contributors: 97,
  language: 98,
  series: 95,
  "no false identifier": 100,
  "identifiers found": 98,
  cover: 98,
  duration: 99,
};

const rate = (score: Score, field: string) => {
  const { right, of } = score.rates.find((each) => each.field === field)!;
  return (100 * right) / of;
};

describe.skipIf(!present)("samples", () => {
  it("reads good files as the other tools do", async () => {
    const score = await scoreGood();
    console.log(told(score));
    for (const [field, percent] of Object.entries(least))
      expect(rate(score, field), field).toBeGreaterThanOrEqual(percent);
    expect(score.lines.filter(({ verdict }) => verdict === "refused")).toEqual([]);
  });
  it("answers hostile files as a sane system does, within 10 s and 300 MB", async () => {
    const score = await scoreHostile();
    console.log(told(score));
    expect(rate(score, "every must")).toBe(100);
    expect(rate(score, "expected verdict")).toBeGreaterThanOrEqual(98);
  });
});
