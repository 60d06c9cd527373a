import { expect, test } from "vitest";
import { pace } from "./pace.server.ts";

/** Moved by hand. */
function standingClock() {
  let at = Date.parse("2026-11-22T10:00:00Z");
  return { now: () => new Date(at), advance: (ms: number) => (at += ms) };
}

test("the thirty-first order in ten minutes waits; the next visitor, and the next ten minutes, do not", () => {
  const clock = standingClock();
  const from = (visitor: string | null) => ({ visitor, house: { clock } });
  const order = (visitor: string | null) => pace(from(visitor), "order");
  for (let i = 0; i < 30; i++) order("203.0.113.7");
  expect(() => order("203.0.113.7")).toThrow(expect.objectContaining({ code: "too_many_requests" }));
  order("203.0.113.8");
  pace(from("203.0.113.7"), "download");
  clock.advance(10 * 60_000);
  order("203.0.113.7");
});

test("whom the network does not name is not held back", () => {
  const clock = standingClock();
  for (let i = 0; i < 100; i++) pace({ visitor: null, house: { clock } }, "signIn");
});
