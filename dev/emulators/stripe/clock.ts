// The double's time, and what it has to do later. A frozen clock stands still until it is set, so that a test may
// jump a day; timers then ring in their order, each at its own instant.

export type Timer = { at: number; kind: string; id: string };
export type ClockSetting = "real" | { at: string };
export type Clock = ReturnType<typeof createClock>;

/** `timers` is part of the state that is kept on disk; `ring` does what a timer was set for. */
export function createClock(setting: ClockSetting, timers: Timer[], ring: (timer: Timer) => void) {
  let frozenAt = setting === "real" ? null : instant(setting.at);
  let alarm: NodeJS.Timeout | null = null;
  const now = () => frozenAt ?? Date.now();

  function wake() {
    for (let next = earliest(); next && next.at <= now(); next = earliest()) {
      timers.splice(timers.indexOf(next), 1);
      ring(next);
    }
    if (alarm) clearTimeout(alarm);
    const next = earliest();
    alarm = null;
    if (frozenAt !== null || !next) return;
    // setTimeout cannot wait longer than 24.8 days; an hour is enough to look again.
    alarm = setTimeout(wake, Math.min(Math.max(next.at - Date.now(), 1), 3_600_000)).unref();
  }
  const earliest = () =>
    timers.reduce<Timer | undefined>(
      (best, timer) => (best && best.at <= timer.at ? best : timer),
      undefined,
    );

  return {
    /** Milliseconds since 1970. */
    now,
    seconds: () => Math.floor(now() / 1000),
    iso: () => new Date(now()).toISOString(),
    isFrozen: () => frozenAt !== null,
    /** Rings at `at` (milliseconds); at once, but not within this call, when that is already past. */
    set(at: number, kind: string, id: string) {
      timers.push({ at, kind, id });
      if (frozenAt === null) wakeSoon();
    },
    unset(kind: string, id: string) {
      for (let i = timers.length - 1; i >= 0; i--)
        if (timers[i]!.kind === kind && timers[i]!.id === id) timers.splice(i, 1);
    },
    /** Moves a frozen clock; everything due on the way happens at its own time. */
    moveTo(at: string | number) {
      const target = typeof at === "number" ? at : instant(at);
      if (frozenAt === null) throw new Error("the clock is the real one: it cannot be moved");
      if (target < frozenAt) throw new Error("the clock does not run backwards");
      for (let next = earliest(); next && next.at <= target; next = earliest()) {
        frozenAt = Math.max(frozenAt, next.at);
        timers.splice(timers.indexOf(next), 1);
        ring(next);
      }
      frozenAt = target;
    },
    freeze(at: string) {
      frozenAt = instant(at);
      wake();
    },
    /** Rings what is due by now, and sets the alarm for what is next. */
    wake,
    stop() {
      if (alarm) clearTimeout(alarm);
      alarm = null;
    },
  };

  function wakeSoon() {
    if (alarm) clearTimeout(alarm);
    const next = earliest();
    alarm = next ? setTimeout(wake, Math.min(Math.max(next.at - Date.now(), 0), 3_600_000)).unref() : null;
  }
}

function instant(iso: string) {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new Error(`not an instant: ${iso}`);
  return at;
}
