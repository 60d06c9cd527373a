/**
 * The time, as a neighbour: the domain never asks the machine for it, so a story or a test may say which day it is
 * (a year end, a deadline for refunds, a link of five minutes) without waiting for it.
 */
export type Clock = { now(): Date };

export const realClock: Clock = { now: () => new Date() };

export type SetClock = Clock & {
  /** Moves to an instant, backwards too. */
  set(at: string): void;
  /** Moves forward by `ms` milliseconds. */
  advance(ms: number): void;
};

/**
 * A clock that stands still until it is moved. `at` is ISO 8601, as `2027-01-31T09:00:00-05:00`; a day alone is its
 * midnight in UTC. Throws on what is no date, so that a story with a typing error does not run in 1970.
 */
export function setClock(at: string): SetClock {
  let instant = instantOf(at);
  return {
    // A fresh Date each time: who changes the one received does not change the time of the others.
    now: () => new Date(instant),
    set: (next) => {
      instant = instantOf(next);
    },
    advance: (ms) => {
      instant += ms;
    },
  };
}

function instantOf(at: string): number {
  const instant = Date.parse(at);
  if (Number.isNaN(instant))
    throw new Error(`Not a date: "${at}". Write ISO 8601, as 2027-01-31T09:00:00-05:00.`);
  return instant;
}
