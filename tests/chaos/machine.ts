import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import { diceOf } from "#tests/stories/random.ts";

/**
 * The machine's own dice and patience, for a process that plays histories and nothing else: ids are drawn from the seed, so that
 * what is sorted by them is sorted in the same way when a history is played again; and nobody waits between two tries of a call.
 */
export function tameMachine(): { seed(seed: number): void } {
  let dice = diceOf(0);
  const fill = (bytes: Uint8Array) => {
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = dice.below(256);
  };
  const real = crypto.randomBytes;
  crypto.randomBytes = ((size: number, callback?: never) => {
    if (callback) return real(size, callback);
    const bytes = Buffer.alloc(size);
    fill(bytes);
    return bytes;
  }) as typeof real;
  const wait = timers.setTimeout;
  timers.setTimeout = ((_: number, value?: never, options?: never) => wait(0, value, options)) as typeof wait;
  syncBuiltinESMExports();
  return {
    seed(seed) {
      dice = diceOf(seed);
    },
  };
}
