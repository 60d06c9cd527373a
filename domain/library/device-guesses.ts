const windowMs = 10 * 60_000;
const mostGuesses = 30;
const mostKnown = 20_000;

type Count = { since: number; wrong: number };

/**
 * Counts the wrong passwords that a visitor gave for a username. Above thirty in ten minutes nothing is tried any more until the ten
 * minutes are over, a right one neither. Each web process counts for itself: eighty random bits are the wall, this is the brake.
 */
export class DeviceGuesses {
  readonly #counts = new Map<string, Count>();

  mayTry(key: string, now: Date): boolean {
    const known = this.#counts.get(key);
    return !known || now.getTime() - known.since >= windowMs || known.wrong < mostGuesses;
  }

  wrong(key: string, now: Date): void {
    const at = now.getTime();
    const known = this.#counts.get(key);
    if (known && at - known.since < windowMs) {
      known.wrong += 1;
      return;
    }
    // Set anew, so that the map stays in the order of the last begun window.
    this.#counts.delete(key);
    this.#counts.set(key, { since: at, wrong: 1 });
    for (const [old, { since }] of this.#counts) {
      if (this.#counts.size <= mostKnown && at - since < windowMs) break;
      this.#counts.delete(old);
    }
  }
}
