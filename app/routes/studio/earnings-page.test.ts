import { expect, it } from "vitest";
import { earningsAfter } from "./earnings-page.ts";

const ligne = "0190a0a0-0000-7000-8000-000000000000";

it("goes on from a sale, and from the latest where the address names no day that can be asked for", () => {
  const from = (avant: string, line = ligne) => earningsAfter(new URLSearchParams({ avant, ligne: line }));
  expect(from("2026-03-10T13:00:00.000Z")).toEqual({
    paidAt: new Date("2026-03-10T13:00:00Z"),
    saleLineId: ligne,
  });
  for (const day of ["-271821-04-20T00:00:00.000Z", "+275760-09-13", "0000-01-01", "9999-12-31", "hier", ""])
    expect(from(day), day).toBeNull();
  expect(from("2026-03-10T13:00:00.000Z", "1")).toBeNull();
  expect(earningsAfter(new URLSearchParams())).toBeNull();
});
