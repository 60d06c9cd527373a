import { expect, test } from "vitest";
import { soundBars } from "./sound-bars.ts";

test("every beat is seen, however many peaks there are", () => {
  expect(soundBars([])).toEqual([]);
  expect(soundBars([0, 0.5, 1])).toEqual([0, 50, 100]);
  const beat = Array.from({ length: 1000 }, (_, i) => (i === 777 ? 1 : 0.1));
  const bars = soundBars(beat);
  expect(bars).toHaveLength(72);
  expect(bars.filter((bar) => bar === 100)).toHaveLength(1);
  expect(soundBars([7, -3])).toEqual([100, 0]);
});
