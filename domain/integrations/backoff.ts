/** Seconds from one attempt to the next: quickly at first, for what was only a hiccup, then over a day. */
const pauses = [60, 300, 900, 3_600, 10_800, 21_600, 43_200];

/** When it is tried again after so many attempts; null: that was the last. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const pause = pauses[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * 1000);
}
