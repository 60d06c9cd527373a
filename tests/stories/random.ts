/** Dice that fall the same for the same seed (mulberry32). */
export type Dice = {
  /** From 0 up to 1. */
  next(): number;
  below(n: number): number;
  chance(of: number): boolean;
  one<T>(list: readonly T[]): T;
};

export function diceOf(seed: number): Dice {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { next, below, chance: (of) => next() < of, one: (list) => list[below(list.length)]! };
}
